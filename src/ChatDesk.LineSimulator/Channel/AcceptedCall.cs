using System.Text.Json;

namespace ChatDesk.LineSimulator.Channel;

/// <summary>One send call that LINE accepted. Acceptance is not delivery: <see cref="SeenBy"/> says who could see it.</summary>
internal sealed record AcceptedCall
{
    /// <summary>Rises by one with every accepted call of the channel.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public required SendKind Kind { get; init; }

    /// <summary>Chat ids the call was for.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>Those of <see cref="To"/> that saw it: a blocked or deleted user gives 200 and sees nothing (ref@133000).</summary>
    public required IReadOnlyList<string> SeenBy { get; init; }

    /// <summary>The <c>X-Line-Request-Id</c> of the answer.</summary>
    public required string RequestId { get; init; }

    public Guid? RetryKey { get; init; }

    public string? ReplyToken { get; init; }

    /// <summary>How many messages the monthly quota lost by it: 0 for a reply, one per reached recipient otherwise.</summary>
    public int Counted { get; init; }

    /// <summary>Ids that LINE gave the message objects, in order.</summary>
    public required IReadOnlyList<string> MessageIds { get; init; }

    /// <summary>The raw JSON body; empty when the channel does not remember.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The message objects of the body, in order.</summary>
    public IReadOnlyList<JsonElement> Messages => messages ??= Parse();

    private IReadOnlyList<JsonElement>? messages;

    private JsonElement[] Parse()
    {
        if (Body.Length == 0) return [];
        using var document = JsonDocument.Parse(Body);
        return [.. document.RootElement.GetProperty("messages").EnumerateArray().Select(m => m.Clone())];
    }
}

/// <summary>A message object as one person sees it, with the call that brought it.</summary>
internal sealed record VisibleMessage(string Id, JsonElement Message, AcceptedCall Call)
{
    public string? Text => Message.TryGetProperty("text", out var text) ? text.GetString() : null;
}

/// <summary>Everything a channel accepted, in order. Safe to read while calls arrive.</summary>
internal sealed class AcceptedLog(bool remember)
{
    private readonly Lock gate = new();
    private readonly List<AcceptedCall> calls = [];
    private long sequence;

    /// <summary>How many calls were accepted, remembered or not.</summary>
    public long Count => Interlocked.Read(ref sequence);

    public long NextSequence() => Interlocked.Increment(ref sequence);

    public void Add(AcceptedCall call)
    {
        if (!remember) return;
        lock (gate) calls.Add(call);
    }

    public IReadOnlyList<AcceptedCall> All()
    {
        lock (gate) return [.. calls];
    }

    /// <returns>What this person, group or room has seen, in order.</returns>
    public IReadOnlyList<VisibleMessage> VisibleTo(string chatId) =>
        [.. All().Where(c => c.SeenBy.Contains(chatId)).SelectMany(c => c.Messages.Select((m, i) => new VisibleMessage(c.MessageIds[i], m, c)))];
}
