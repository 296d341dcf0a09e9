using System.Buffers;
using System.Net;
using System.Text;
using ChatDesk.LineSimulator.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ChatDesk.LinePlatform.Hosting;

/// <summary>The least a LINE webhook can be: read the body, check the signature in constant time, answer 200. The benchmark's yardstick.</summary>
internal static class BareEndpoint
{
    public static WebApplication Build(int port, string secret)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var application = builder.Build();
        application.Run(context => HandleAsync(context, key));
        return application;
    }

    private static async Task HandleAsync(HttpContext context, byte[] key)
    {
        var length = (int)(context.Request.ContentLength ?? 0);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await context.Request.Body.ReadExactlyAsync(buffer.AsMemory(0, length), context.RequestAborted);
            var valid = WebhookSignature.IsValid(key, buffer.AsSpan(0, length), context.Request.Headers[WebhookSignature.Header]);
            context.Response.StatusCode = valid || context.Request.Method == "GET" ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
            context.Response.ContentLength = 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
