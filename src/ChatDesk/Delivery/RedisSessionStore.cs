using System.Buffers.Binary;
using ChatDesk.Activities;
using StackExchange.Redis;

namespace ChatDesk.Delivery;

/// <summary>
/// Session state in Redis, shared by all replicas: key <c>chatdesk:session:{agency/channel/address}</c>, value the turn
/// number (8 bytes, big endian) and the state. While Redis is away every read says "none" at once and the ledger answers;
/// one that keeps silent is left alone for a moment after each unanswered question.
/// </summary>
/// <param name="connecting">The connection as it is being made: the desk does not wait for Redis to start.</param>
/// <param name="time">The desk's clock.</param>
/// <param name="log">Where a lost Redis is said.</param>
internal sealed class RedisSessionStore(Task<IConnectionMultiplexer> connecting, TimeProvider time, ILogger<RedisSessionStore> log) : ISessionStore
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(2);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private long _nextWarning;
    private long _restUntil;

    public async ValueTask<byte[]?> ReadAsync(ConversationKey conversation, long turn)
    {
        if (Connected() is not { } redis || time.GetTimestamp() < Interlocked.Read(ref _restUntil)) return null;
        try
        {
            byte[]? value = await redis.GetDatabase().StringGetAsync(Key(conversation));
            if (value is null || value.Length < sizeof(long) || BinaryPrimitives.ReadInt64BigEndian(value) != turn) return null;
            return value[sizeof(long)..];
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            Interlocked.Exchange(ref _restUntil, time.GetTimestamp() + (long)(Rest.TotalSeconds * time.TimestampFrequency));
            Warn(fault);
            return null;
        }
    }

    public void Write(ConversationKey conversation, long turn, byte[] state)
    {
        if (Connected() is not { } redis) return;
        var value = new byte[sizeof(long) + state.Length];
        BinaryPrimitives.WriteInt64BigEndian(value, turn);
        state.CopyTo(value.AsSpan(sizeof(long)));
        try
        {
            redis.GetDatabase().StringSet(Key(conversation), value, Life, flags: CommandFlags.FireAndForget);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            Warn(fault);
        }
    }

    private IConnectionMultiplexer? Connected() => connecting.IsCompletedSuccessfully && connecting.Result.IsConnected ? connecting.Result : null;

    private static RedisKey Key(ConversationKey conversation) => $"chatdesk:session:{{{conversation}}}";

    /// <summary>Says so at most every ten seconds: a lost Redis would otherwise write a line for every turn.</summary>
    private void Warn(Exception fault)
    {
        var now = time.GetTimestamp();
        var due = Interlocked.Read(ref _nextWarning);
        if (now < due || Interlocked.CompareExchange(ref _nextWarning, now + 10 * time.TimestampFrequency, due) != due) return;
        log.LogWarning("Session state is read from the ledger, Redis does not answer: {Fault}", fault.GetType().Name);
    }
}
