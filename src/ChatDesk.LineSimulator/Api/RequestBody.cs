using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace ChatDesk.LineSimulator.Api;

/// <summary>Reads a request's body into rented memory.</summary>
internal static class RequestBody
{
    /// <summary>Reads to the end, or a little past <paramref name="most"/> bytes. The buffer given is handed back to the pool if a larger one is needed.</summary>
    public static async ValueTask<(byte[] Buffer, int Read)> ReadAsync(HttpContext context, byte[] buffer, int most)
    {
        var read = 0;
        while (true)
        {
            if (read == buffer.Length)
            {
                if (read > most) return (buffer, read);
                buffer = Grow(buffer, read);
            }

            var now = await context.Request.Body.ReadAsync(buffer.AsMemory(read), context.RequestAborted);
            if (now == 0) return (buffer, read);
            read += now;
        }
    }

    private static byte[] Grow(byte[] buffer, int used)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
