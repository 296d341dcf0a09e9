using System.Reflection;
using ChatDesk.Tests.Fixtures;
using NetArchTest.Rules;

namespace ChatDesk.Tests;

/// <summary>Which room may use which. A new arrow is a decision: change it here and say why in docs/decisions.</summary>
public sealed class ArchitectureTests
{
    private const string Root = "ChatDesk";
    private static readonly Assembly Desk = typeof(ChatDesk.Startup.CommandLine).Assembly;

    // A trailing dot in a namespace makes a NetArchTest rule pass silently, so none is written here.
    private static readonly string[] Rooms =
    [
        "Activities", "Channels", "Delivery", "Conversations", "Dialogs", "Knowledge", "Hours", "Triage", "Handover", "Cases", "People",
        "Desk", "Data", "Pages", "Returns", "Startup",
    ];

    public static TheoryData<string, string[]> Arrows => new()
    {
        { "Activities", [] },
        { "Delivery", ["Activities"] },
        { "Channels", ["Activities", "Delivery"] },
        { "Dialogs", ["Activities"] },
        { "Knowledge", ["Activities"] },
        { "Hours", [] },
        { "Data", [] },
        { "Triage", ["Activities"] },
        { "Conversations", ["Activities", "Delivery", "Dialogs", "Knowledge", "Hours", "Triage", "Handover", "Cases", "Returns"] },
        { "Handover", ["Activities", "Delivery", "Hours"] },
        { "Cases", ["Activities", "Delivery", "Hours", "Triage", "Data", "Returns"] },
        { "Returns", ["Activities", "Channels", "Delivery", "Data"] },
        { "People", ["Data"] },
        { "Desk", ["Activities", "Delivery", "Conversations", "Knowledge", "Hours", "Handover", "Cases", "People", "Data"] },
        { "Pages", ["Activities", "Conversations", "Returns"] },
        { "Startup", Rooms },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_room_uses_only_what_it_may(string room, string[] allowed)
    {
        var forbidden = Rooms.Except(allowed).Where(other => other != room).Select(other => $"{Root}.{other}").ToArray();
        if (forbidden.Length == 0) return;

        var result = Types.InAssembly(Desk).That().ResideInNamespace($"{Root}.{room}").ShouldNot().HaveDependencyOnAny(forbidden).GetResult();

        Assert.True(result.IsSuccessful, $"{room} may use only {string.Join(", ", allowed)}, but look at: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    [Fact]
    public void The_rules_see_the_rooms_they_speak_of()
    {
        foreach (var room in Arrows.Select(row => row.Data.Item1))
            Assert.True(Types.InAssembly(Desk).That().ResideInNamespace($"{Root}.{room}").GetTypes().Any() || !RoomExists(room), $"no type found in {room}");
    }

    /// <summary>Razor makes every component public and offers no other way.</summary>
    [Fact]
    public void Nothing_is_public() => Assert.DoesNotContain(
        Desk.GetExportedTypes(), t => t.Namespace is not null && !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(t) && t.Name != "_Imports");

    [Fact]
    public void Names_say_what_things_are()
    {
        string[] vague = ["Manager", "Service", "Helper", "Helpers", "Util", "Utils", "Common", "Impl", "DTO", "Dto"];
        Assert.DoesNotContain(Desk.GetTypes(), t => t.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true && vague.Any(word => t.Name.EndsWith(word, StringComparison.Ordinal)));
    }

    /// <summary>As <c>dotnet format</c> puts them; the test command asks only for white space.</summary>
    [Fact]
    public void Usings_stand_in_order()
    {
        var files = Directory.EnumerateFiles(DemoFolders.Root, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/node_modules/", StringComparison.Ordinal)).ToList();
        Assert.Contains(files, f => f.EndsWith("/ArchitectureTests.cs", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var names = File.ReadLines(file).TakeWhile(line => line.Length == 0 || line.StartsWith("using ", StringComparison.Ordinal) || line[0] is '#' or '/')
                .Where(line => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=', StringComparison.Ordinal) && !line.StartsWith("using static ", StringComparison.Ordinal))
                .Select(line => line[6..].TrimEnd(';')).ToList();
            Assert.True(names.SequenceEqual(names.OrderBy(n => n.Split('.')[0] == "System" ? 0 : 1).ThenBy(n => n, StringComparer.OrdinalIgnoreCase)), $"{file}: usings are not in order; run dotnet format ChatDesk.sln");
        }
    }

    private static bool RoomExists(string room) => Desk.GetTypes().Any(t => t.Namespace?.StartsWith($"{Root}.{room}", StringComparison.Ordinal) == true);
}
