using ChatDesk.Hours.Calendars;
using ChatDesk.Hours.Files;
using ChatDesk.Hours.Law;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Hours;

/// <summary>The files that editors change: every mistake is named with its file, its line and what to write instead.</summary>
public sealed class HoursFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatdesk-hours-").FullName;

    public HoursFilesTests()
    {
        foreach (var room in (string[])["hours", "law"])
        {
            Directory.CreateDirectory(Path.Combine(_folder, room));
            foreach (var file in Directory.GetFiles(Path.Combine(DemoFolders.Root, "dialogs", "demo", room)))
                File.Copy(file, Path.Combine(_folder, room, Path.GetFileName(file)));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_demo_agency_has_hours_and_a_law()
    {
        Assert.Equal("Asia/Bangkok", Golden.Demo.Calendar.Zone.Id);
        Assert.Equal(DayKind.Substitute, Golden.Demo.Calendar.NoteOf(new DateOnly(2026, 12, 7))!.Kind);
        Assert.StartsWith("holidays-2026.yaml:", Golden.Demo.Calendar.NoteOf(new DateOnly(2026, 12, 7))!.Source, StringComparison.Ordinal);
        Assert.Contains("licensing-facilitation-2558", Golden.Demo.Laws.Keys);
    }

    [Theory]
    [InlineData("hours/hours.yaml", "zone: Asia/Bangkok", "zone: Asia/Bankok", "there is no time zone 'Asia/Bankok'", "Asia/Bangkok")]
    [InlineData("hours/hours.yaml", "zone: Asia/Bangkok", "", "'zone' is missing", "Asia/Bangkok")]
    [InlineData("hours/hours.yaml", "mon-fri: 08:30-16:30", "mon-fri: 8.30-16.30", "no stretch of opening hours", "08:30-16:30")]
    [InlineData("hours/hours.yaml", "mon-fri: 08:30-16:30", "mon-fri: 08:30-25:00", "no stretch of opening hours", "08:30-16:30")]
    [InlineData("hours/hours.yaml", "mon-fri: 08:30-16:30", "mon-fri: 08:30-12:00, 11:00-16:30", "overlap", "closed")]
    [InlineData("hours/hours.yaml", "mon-fri: 08:30-16:30", "monday: 08:30-16:30", "'monday' is no weekday", "mon-fri")]
    [InlineData("hours/hours.yaml", "  - mon-fri: 08:30-16:30", "  - mon-fri: 08:30-16:30\n    fri: closed", "'fri' has hours already", "once")]
    [InlineData("hours/hours.yaml", "mon-fri: 08:30-16:30", "mon-fri: closed", "never open", "at least one weekday")]
    [InlineData("hours/hours.yaml", "  - mon-fri: 08:30-16:30", "  - mon-fri: 08:30-16:30\n  - mon: 08:30-16:30", "does not say from when", "from: 2027-01-01")]
    [InlineData("hours/hours.yaml", "within: 1h", "within: soon", "'soon' is no length of time", "45m")]
    [InlineData("hours/hours.yaml", "within: 1h", "within: 1 working day", "promised to the minute", "45m")]
    [InlineData("hours/hours.yaml", "question: 1h", "question: 1d", "'1d' is no length of time", "15 working days")]
    [InlineData("hours/hours.yaml", " เวลา {time} น.", "", "does not say {time}", "{weekday} {day} {month} {year} {time}")]
    [InlineData("hours/hours.yaml", "working_days: mon-fri", "working_days: weekdays", "'weekdays' names no weekdays", "mon-fri")]
    [InlineData("hours/hours.yaml", "working_days: mon-fri", "workdays: mon-fri", "'workdays' is not known here", "working_days")]
    [InlineData("hours/hours.yaml", "zone: Asia/Bangkok", "zone: &z Asia/Bangkok", "'&' and '*'", "write the words out")]
    [InlineData("hours/hours.yaml", "weeks:\n", "weeks: [\n", "this is not YAML", "indentation")]
    [InlineData("hours/holidays-2026.yaml", "date: 2026-12-07", "date: 2569-12-07", "2569 cannot be meant", "2026")]
    [InlineData("hours/holidays-2026.yaml", "date: 2026-12-07", "date: 7/12/2026", "'7/12/2026' is not a date", "2026-12-05")]
    [InlineData("hours/holidays-2026.yaml", "date: 2026-12-07", "date: 2026-12-05", "stands here twice", "one entry")]
    [InlineData("hours/holidays-2026.yaml", "date: 2026-12-07", "date: 2027-12-07", "is not in 2026", "the file of 2027")]
    [InlineData("hours/holidays-2026.yaml", "kind: substitute", "kind: substitution", "'substitution' is not known as 'kind'", "substitute")]
    [InlineData("hours/holidays-2026.yaml", "kind: substitute", "kind: half_day", "has no 'open' hours", "08:30-12:00")]
    [InlineData("hours/holidays-2026.yaml", ", en: Songkran }", " }", "'en' is missing", "English")]
    [InlineData("hours/holidays-2026.yaml", "year: 2026", "", "'year' is missing", "year: 2026")]
    [InlineData("law/licensing-facilitation-2558.yaml", "days: manual", "days: some", "'some' is not a number", "digits")]
    [InlineData("law/licensing-facilitation-2558.yaml", "counts: working_days", "counts: workdays", "'workdays' is not known as 'counts'", "working_days, calendar_days")]
    [InlineData("law/licensing-facilitation-2558.yaml", "every: 7", "every: seven", "'seven' is not a number", "digits")]
    [InlineData("law/licensing-facilitation-2558.yaml", "by: ChatDesk demo content", "who: ChatDesk demo content", "'by' is missing", "who checked")]
    [InlineData("law/licensing-facilitation-2558.yaml", "confidence: medium", "confidence: certain", "'certain' is not known", "low, medium, high")]
    [InlineData("law/licensing-facilitation-2558.yaml", "It was decided on {date}. Working days late", "It was decided on {day}. Working days late", "'{day}' is not known in 'decided_late'", "{date} {days}")]
    [InlineData("law/licensing-facilitation-2558.yaml", "  told_late:", "  tolt_late:", "'told_late' is missing", "th:")]
    [InlineData("law/licensing-facilitation-2558.yaml", "      Copy to: {copy_to}\n      {label}", "      Copy to: {copy_to}", "does not say that it was computed", "{label}")]
    public void A_mistake_is_named_with_file_line_and_remedy(string file, string right, string wrong, string problem, string remedy)
    {
        var path = Path.Combine(_folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(right, text, StringComparison.Ordinal);
        var at = text.IndexOf(right, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + wrong + text[(at + right.Length)..]);

        Assert.Null(HoursFolder.Load(_folder, out var problems));

        Assert.Contains(problems, p => p.File == path && p.Line > 0 && p.Problem.Contains(problem, StringComparison.Ordinal) && p.Remedy.Contains(remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_file_a_stray_one_and_a_broken_calendar_are_named()
    {
        File.WriteAllText(Path.Combine(_folder, "hours", "notes.yaml"), "a: b");
        File.WriteAllText(Path.Combine(_folder, "hours", "broken.ics"), "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMM");
        File.WriteAllText(Path.Combine(_folder, "hours", "timed.ics"), "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:t1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260413T090000\r\nDTEND:20260413T100000\r\nSUMMARY:Meeting\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        File.WriteAllBytes(Path.Combine(_folder, "hours", "holidays-2028.yaml"), [0x79, 0x3a, 0xff, 0x0a]);

        Assert.Null(HoursFolder.Load(_folder, out var problems));

        Assert.Contains(problems, p => p.File.EndsWith("notes.yaml", StringComparison.Ordinal) && p.Remedy.Contains("holidays-2026.yaml", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.File.EndsWith("broken.ics", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.File.EndsWith("timed.ics", StringComparison.Ordinal) && p.Problem.Contains("'Meeting' has a time of day", StringComparison.Ordinal) && p.Line == 5);
        Assert.Contains(problems, p => p.File.EndsWith("holidays-2028.yaml", StringComparison.Ordinal) && p.Problem.Contains("UTF-8", StringComparison.Ordinal));

        File.Delete(Path.Combine(_folder, "hours", "hours.yaml"));
        Assert.Null(HoursFolder.Load(_folder, out problems));
        Assert.Contains(problems, p => p.Problem == "the file is missing");
    }

    [Fact]
    public void A_yearly_file_wins_over_iCalendar_and_the_agency_over_both()
    {
        File.WriteAllText(
            Path.Combine(_folder, "hours", "office.ics"),
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20261207\r\nSUMMARY:From the feed\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nUID:b\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20261208\r\nSUMMARY:Only in the feed\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        File.AppendAllText(Path.Combine(_folder, "hours", "hours.yaml"), "\ndays:\n  - { date: 2026-12-10, kind: extra_day, open: \"09:00-12:00\", th: เปิดพิเศษ, en: Open }\n");

        var calendar = Golden.Read(_folder).Calendar;

        Assert.StartsWith("Substitute", calendar.NoteOf(new DateOnly(2026, 12, 7))!.English, StringComparison.Ordinal);
        Assert.Equal("Only in the feed", calendar.NoteOf(new DateOnly(2026, 12, 8))!.English);
        Assert.Equal([new OpenSpan(540, 720)], calendar.HoursOf(new DateOnly(2026, 12, 10)));
    }

    [Fact]
    public void A_version_changes_with_any_file_and_with_nothing_else()
    {
        var before = Golden.Read(_folder).Calendar.Version;
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "hours", "hours.yaml"), DateTime.UnixEpoch);
        Assert.Equal(before, Golden.Read(_folder).Calendar.Version);

        File.AppendAllText(Path.Combine(_folder, "hours", "holidays-2025.yaml"), "# looked at\n");
        Assert.NotEqual(before, Golden.Read(_folder).Calendar.Version);
    }

    [Theory]
    [InlineData("08:30-16:30", "08:30-16:30")]
    [InlineData("13:00-16:30, 08:30-12:00", "08:30-12:00, 13:00-16:30")]
    [InlineData("22:00-06:00", "22:00-06:00")]
    [InlineData("00:00-24:00", "00:00-24:00")]
    [InlineData("18:00-24:00", "18:00-24:00")]
    [InlineData("closed", "")]
    public void Opening_hours_are_read_and_said(string text, string said) => Assert.Equal(said, string.Join(", ", SpanText.Read(text, out _)!.Value));

    [Fact]
    public void A_notice_is_drafted_with_gaps_for_what_only_people_know()
    {
        var clock = Golden.Demo.ClockFor("licensing-facilitation-2558");
        var facts = new StatutoryFacts { Received = new DateOnly(2026, 11, 2), ManualDays = 15 };
        var about = new NoticeFacts("12-2569-{due}", "สำนักงานเขตบางรัก", "", null);

        var draft = NoticeDraft.Write(clock, facts, about, new DateOnly(2026, 12, 1), Golden.Demo.Words, "th");

        Assert.NotNull(draft);
        Assert.Contains("ฉบับที่ 2", draft, StringComparison.Ordinal);
        Assert.Contains("12-2569-{due}", draft, StringComparison.Ordinal);
        Assert.Contains("ครบกำหนดเมื่อวันจันทร์ที่ 23 พฤศจิกายน 2569", draft, StringComparison.Ordinal);
        Assert.Contains("เลยกำหนดมาแล้ว 6 วันทำการ", draft, StringComparison.Ordinal);
        Assert.Contains(NoticeDraft.Gap, draft, StringComparison.Ordinal);
        Assert.Contains("สำเนาส่ง: สำนักงาน ก.พ.ร.", draft, StringComparison.Ordinal);
        Assert.Contains("ไม่ใช่คำวินิจฉัยทางกฎหมาย", draft, StringComparison.Ordinal);
        Assert.Null(NoticeDraft.Write(clock, facts, about, new DateOnly(2026, 11, 23), Golden.Demo.Words, "th"));
    }
}
