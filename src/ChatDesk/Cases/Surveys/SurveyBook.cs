using System.Globalization;
using System.Text.Json;
using ChatDesk.Cases.Model;
using ChatDesk.Data;
using ChatDesk.Delivery;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases.Surveys;

/// <summary>
/// Takes surveys that dialogs recorded. One that follows the decision of a case within the survey's days is about that case,
/// once; any other is about the chat, once in those days. Further ones change nothing.
/// </summary>
internal sealed class SurveyBook(DeskDatabase database)
{
    public const string Effect = "survey";
    private const int CommentLimit = 2_000;

    /// <exception cref="JsonException">The effect cannot be read.</exception>
    public static async Task TakeAsync(DeskContext context, LedgerEffect effect, int days, CancellationToken stopping)
    {
        using var json = JsonDocument.Parse(effect.Data ?? "{}");
        if (!int.TryParse(Text(json, "rating"), CultureInfo.InvariantCulture, out var rating) || rating is < 1 or > 5) return;
        var (agency, channel, address) = effect.Conversation;
        var since = effect.At.AddDays(-days);
        var about = await context.Set<Case>()
            .Where(c => c.Agency == agency && c.Channel == channel && c.Address == address && c.DecidedAt >= since && !context.Set<Survey>().Any(s => s.CaseId == c.Id))
            .OrderByDescending(c => c.DecidedAt).FirstOrDefaultAsync(stopping);
        var again = about is null && await context.Set<Survey>().AnyAsync(s => s.Agency == agency && s.Channel == channel && s.Address == address && s.At >= since, stopping);
        var key = Text(json, "key") ?? $"effect:{effect.Id}";
        if (again || await context.Set<Survey>().AnyAsync(s => s.Agency == agency && s.Key == key, stopping)) return;
        context.Add(new Survey
        {
            Agency = agency,
            Key = key,
            CaseId = about?.Id,
            Channel = channel,
            Address = address,
            Person = about is not null || Text(json, "person") == "yes",
            Rating = rating,
            Solved = Text(json, "solved") switch { "yes" => true, "no" => false, _ => null },
            Comment = Text(json, "comment") is { } comment ? comment[..Math.Min(comment.Length, CommentLimit)] : null,
            At = effect.At,
        });
        await context.SaveChangesAsync(stopping);
    }

    /// <summary>Results since a moment, what people had a part in and what the bot did alone kept apart.</summary>
    public async Task<IReadOnlyList<SurveyResult>> ResultsAsync(string agency, DateTimeOffset since, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        var given = await context.Set<Survey>().AsNoTracking().Where(s => s.At >= since).ToListAsync(stopping);
        return
        [
            .. given.GroupBy(s => (s.Person, IsCase: s.CaseId is not null)).OrderByDescending(g => g.Key)
                .Select(g => new SurveyResult(g.Key.Person, g.Key.IsCase, g.Count(), Math.Round(g.Average(s => s.Rating), 2), g.Count(s => s.Solved == true), g.Count(s => s.Solved == false))),
        ];
    }

    private static string? Text(JsonDocument json, string name) =>
        json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>One line of the survey's results.</summary>
internal sealed record SurveyResult(bool Person, bool IsCase, int Answers, double Rating, int Solved, int NotSolved);
