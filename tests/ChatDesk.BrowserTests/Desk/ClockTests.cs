using System.Collections.Frozen;
using ChatDesk.BrowserTests.Browsing;
using ChatDesk.Conversations;
using ChatDesk.Hours.Calendars;
using ChatDesk.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>What time does to the console by itself.</summary>
public sealed class ClockTests(Chromium chromium)
{
    [Fact]
    public async Task The_banner_follows_business_hours_without_a_reload_and_names_a_holiday()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        await Expect(officer.Page.Locator(".hours[data-open=yes]")).ToBeVisibleAsync();

        Replace(scene, DeskScene.Plan() with
        {
            Days = new Dictionary<DateOnly, DayPlan>
            {
                [Today] = new(new DayNote(DayKind.Holiday, "วันหยุดทดสอบ", "Test holiday"), [], false),
                [Today.AddDays(1)] = new(new DayNote(DayKind.ExtraDay, "เปิดพิเศษ", "Extra day"), [new OpenSpan(510, 990)], true),
            }.ToFrozenDictionary(),
        });
        await Expect(officer.Page.Locator(".hours[data-open=no]")).ToContainTextAsync("วันหยุดทดสอบ");
        await Expect(officer.Page.Locator(".hours")).ToContainTextAsync("08:30");
        await officer.Visit.AssertHealthyAsync();
    }

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(7)).DateTime);

    private static void Replace(DeskScene scene, CalendarPlan plan)
    {
        var content = TestDesk.DemoContent.Value;
        scene.Desk.Get<ContentLibrary>().Replace("demo", content with { Hours = content.Hours with { Calendar = new BusinessCalendar(plan) } });
    }
}
