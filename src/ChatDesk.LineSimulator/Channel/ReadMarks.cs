using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ChatDesk.LineSimulator.Channel;

/// <summary>Mark-as-read tokens: given with every message, never expiring, good for all messages up to theirs (m:5858, doc:mark-as-read).</summary>
internal sealed class ReadMarks
{
    private readonly ConcurrentDictionary<string, string> messageOf = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> read = new(StringComparer.Ordinal);

    public string Issue(string messageId)
    {
        var token = RandomNumberGenerator.GetHexString(40, lowercase: true);
        messageOf[token] = messageId;
        return token;
    }

    /// <returns>False when the token was never given out: LINE answers 400.</returns>
    public bool TryMark(string token) => messageOf.TryGetValue(token, out var message) && (read[message] = 1) == 1;

    public bool IsRead(string messageId) => read.ContainsKey(messageId);
}
