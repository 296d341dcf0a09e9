using System.Globalization;
using System.Text.Json;
using ChatDesk.Data;
using ChatDesk.Delivery;

namespace ChatDesk.Cases.Promises;

/// <summary>
/// Promises as turns record them. <c>handover-wish</c> and <c>promise</c> carry <c>promise</c> (the exact time, ISO 8601),
/// <c>calendar</c>, and optionally <c>key</c> and <c>topic</c>; <c>promise-answered</c> says that a person spoke in the conversation.
/// </summary>
internal static class PromiseEffects
{
    public const string Made = "promise";
    public const string Wish = "handover-wish";
    public const string Answered = "promise-answered";

    private const string NoTopic = "person";

    /// <summary>Takes one of these effects; others are left alone.</summary>
    /// <exception cref="JsonException">It cannot be read.</exception>
    public static async Task TakeAsync(DeskContext context, LedgerEffect effect, CancellationToken stopping)
    {
        var (agency, channel, address) = effect.Conversation;
        if (effect.Kind == Answered) await PromiseWriting.AnsweredAsync(context, agency, channel, address, effect.At, stopping);
        else if (effect.Kind is Made or Wish && Read(effect) is { } made) await PromiseWriting.MakeAsync(context, made, stopping);
    }

    private static Promise? Read(LedgerEffect effect)
    {
        using var json = JsonDocument.Parse(effect.Data ?? "{}");
        if (Text(json, "promise") is not { } promise) return null;
        if (!DateTimeOffset.TryParse(promise, CultureInfo.InvariantCulture, out var due)) throw new JsonException("a promise without a time");
        return new Promise
        {
            Agency = effect.Conversation.Agency,
            Key = Text(json, "key") ?? $"effect:{effect.Id}",
            Channel = effect.Conversation.Channel,
            Address = effect.Conversation.Address,
            Topic = Text(json, "topic") is { Length: > 0 and <= 200 } topic ? topic : NoTopic,
            MadeAt = effect.At,
            DueAt = due.ToUniversalTime(),
            Calendar = Text(json, "calendar") ?? "",
        };
    }

    private static string? Text(JsonDocument json, string name) =>
        json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
