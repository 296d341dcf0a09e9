using ChatDesk.Activities;
using ChatDesk.Conversations;
using ChatDesk.Conversations.Samples;
using ChatDesk.Dialogs.Engine;
using ChatDesk.Hours.Files;
using ChatDesk.Startup.Verbs;
using ChatDesk.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.Conversations;

/// <summary>The made-up register of the demonstration: every documented number does what docs/dialogs.md says, and nobody else gets it.</summary>
public sealed class SampleAnswersTests(SampleAnswersTests.Terminal terminal) : IClassFixture<SampleAnswersTests.Terminal>
{
    [Theory]
    [InlineData("BP-2569-000101", "1234", "กำลังตรวจเอกสาร")]
    [InlineData("BP-2569-000102", "1234", "วันที่ 9 จาก 15")]
    [InlineData("bp 2569/000103", "1234", "เกินเวลาตามคู่มือแล้ว")]
    [InlineData("BP-2569-000104", "1234", "รอชำระค่าธรรมเนียม")]
    [InlineData("BP-2569-000105", "1234", "กำลังออกใบอนุญาต")]
    [InlineData("BP-2569-000106", "1234", "เสร็จสิ้นแล้ว")]
    [InlineData("BP-2569-000107", "1234", "ไม่ได้รับอนุญาต")]
    [InlineData("BP-2569-000123", "5678", "กำลังพิจารณา")]
    [InlineData("BP-2569-000500", "1234", "ระบบสถานะยังตอบไม่ได้")]
    [InlineData("BP-2569-000101", "9999", "ไม่พบคำขอ")]
    [InlineData("BP-2569-999999", "1234", "ไม่พบคำขอ")]
    public async Task Every_sample_number_of_an_application_has_its_answer(string number, string last4, string expected) =>
        Assert.Contains(expected, await terminal.LastOfAsync("เช็คสถานะ", number, last4), StringComparison.Ordinal);

    [Theory]
    [InlineData("12-2569-00045", "ตัวอย่างอาหารดี")]
    [InlineData("12-2568-00012", "หมดอายุ")]
    [InlineData("12-2569-99999", "ไม่พบเลขนี้")]
    [InlineData("12-2569-00500", "ยังตอบไม่ได้")]
    public async Task Every_sample_licence_has_its_answer(string licence, string expected) =>
        Assert.Contains(expected, await terminal.LastOfAsync("ตรวจสอบใบอนุญาต", licence), StringComparison.Ordinal);

    [Theory]
    [InlineData("C-2569-00012", "ส่งหน่วยงาน")]
    [InlineData("C-2569-00013", "ตอบแล้ว")]
    [InlineData("C-2569-99999", "ไม่พบเรื่อง")]
    [InlineData("C-2569-00500", "ยังค้นหาเรื่องไม่ได้")]
    public async Task Every_sample_case_has_its_answer(string number, string expected) =>
        Assert.Contains(expected, await terminal.LastOfAsync("ติดตามเรื่อง", number, "K7QF-29XM"), StringComparison.Ordinal);

    [Fact]
    public async Task A_slow_system_is_given_up_when_the_steps_time_is_over()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
        using var calls = new ConnectorCalls(Settings(), time, NullLogger<ConnectorCalls>.Instance);

        var answer = calls.CallAsync(Turn("demo"), Status("BP-2569-000408"), TestContext.Current.CancellationToken).AsTask();
        Assert.False(answer.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.False((await answer).Ok);
    }

    [Theory]
    [InlineData("demo", null, true)]
    [InlineData("demo", "false", false)]
    [InlineData("dbd", null, false)]
    [InlineData("dbd", "true", true)]
    public async Task Only_the_demo_or_an_agency_that_asks_for_it_gets_made_up_answers(string agency, string? setting, bool answers)
    {
        using var calls = new ConnectorCalls(Settings(($"Agencies:{agency}:SampleConnectors", setting)), TimeProvider.System, NullLogger<ConnectorCalls>.Instance);

        var answer = await calls.CallAsync(Turn(agency), Status("BP-2569-000102"), TestContext.Current.CancellationToken);

        Assert.Equal(answers, answer.Ok);
    }

    [Fact]
    public async Task An_address_goes_before_the_samples()
    {
        using var calls = new ConnectorCalls(Settings(("Agencies:demo:Connectors:permit_status:Url", "http://127.0.0.1:1/")), TimeProvider.System, NullLogger<ConnectorCalls>.Instance);

        Assert.False((await calls.CallAsync(Turn("demo"), Status("BP-2569-000102"), TestContext.Current.CancellationToken)).Ok);
    }

    [Fact]
    public async Task Days_count_from_the_day_of_the_question()
    {
        using var calls = new ConnectorCalls(Settings(), TimeProvider.System, NullLogger<ConnectorCalls>.Instance);

        var answer = await calls.CallAsync(Turn("demo"), Status("BP-2569-000102"), TestContext.Current.CancellationToken);

        Assert.Equal("2026-11-29", answer.Fields["next_date"]);
    }

    [Theory]
    [InlineData("permit_status:\n  otherwise: { state: X }\n  records:\n    - { answer: { state: Y } }", "_samples.yaml:4: 'when' is missing.")]
    [InlineData("permit_status:\n  otherwise: { state: X }\n  records:\n    - { when: { number: 1 } }", "neither answers nor fails")]
    [InlineData("permit_status:\n  records: []", "'otherwise' is missing")]
    [InlineData("permit_status:\n  otherwise: { state: X }\n  record: []", "Did you mean 'records'?")]
    [InlineData("permit_status: yes", "has no keys under it")]
    public void A_mistake_in_the_file_is_named(string yaml, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("chatdesk-test-").FullName;
        File.WriteAllText(Path.Combine(folder, SampleAnswersFile.Name), yaml);

        SampleAnswersFile.Load(folder, out var problems);

        Assert.Contains(problems, p => p.ToString().Contains(expected, StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    private static IConfiguration Settings(params (string Name, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, s.Value))).Build();

    private static CallConnector Status(string number) =>
        new("k", "permit_status", new Dictionary<string, string> { ["number"] = number, ["last4"] = "1234" }, TimeSpan.FromSeconds(5));

    private static TurnContext Turn(string agency) => new()
    {
        Activity = new InboundActivity { Id = "a", Conversation = new(agency, "test", "someone"), Kind = InboundKind.Text, At = default },
        State = SessionState.New,
        Content = new AgencyContent(null!, null!, null!, HoursFolder.Load(Path.Combine(DemoFolders.Root, "dialogs", "demo"), out _)!, null!) { Samples = SampleAnswersFile.Load(Path.Combine(DemoFolders.Root, "dialogs", "demo"), out _) },
        Language = "th",
        Now = new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero),
        ReceivedAt = new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero),
    };

    /// <summary>One desk in the terminal for all numbers: reading the articles takes seconds.</summary>
    public sealed class Terminal : IAsyncLifetime
    {
        private TerminalDesk? _desk;
        private int _people;

        public async ValueTask InitializeAsync() => _desk = await TerminalDesk.StartAsync([], "demo");

        public ValueTask DisposeAsync() => _desk!.DisposeAsync();

        /// <summary>Says these lines as a new contact and returns the last answer.</summary>
        public async Task<string> LastOfAsync(params string[] lines)
        {
            var who = $"p{Interlocked.Increment(ref _people)}";
            var said = "";
            foreach (var line in lines) said = string.Join('\n', (await _desk!.SayAsync(who, line)).Replies.Select(r => r.PlainText));
            return said;
        }
    }
}
