using ChatDesk.Channels.Web.Access;
using ChatDesk.Channels.Web.Receiving;
using ChatDesk.Delivery;
using Microsoft.AspNetCore.Http.Features;

namespace ChatDesk.Channels.Web.DirectLine;

/// <summary>
/// <c>POST conversations/{id}/upload</c>: files, alone or with an activity. They are on disk before the activity is in the ledger,
/// and the activity is in the ledger before the client has its 200.
/// </summary>
internal sealed class UploadEndpoint(WebOptions options, ILedger ledger, FileStore files, WebThrottles throttles, TimeProvider time)
{
    private const int HeadersAndActivity = 256 * 1024;

    public async Task<DirectLineError?> PostAsync(HttpContext http, WebToken token)
    {
        if (await throttles.Messages.TakeAsync(token.Conversation) is { } wait) return DirectLineError.TooMany(wait);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = ((long)Upload.MostFiles * options.MaxFileBytes) + HeadersAndActivity;
        var upload = new Upload(token, files, throttles, options.MaxFileBytes);
        var kept = false;
        try
        {
            var error = await upload.ReadAsync(http.Request, http.RequestAborted) ?? await StoreAsync(token, upload);
            kept = error is null;
            if (kept) await http.Response.WriteAsJsonAsync(new PostAnswer(upload.Id), WebJson.Context.PostAnswer, cancellationToken: http.RequestAborted);
            return error;
        }
        catch (InvalidDataException)
        {
            return DirectLineError.Bad("The multipart body cannot be read.");
        }
        catch (IOException fault) when (fault is not BadHttpRequestException)
        {
            return DirectLineError.LedgerDown;
        }
        finally
        {
            if (!kept) upload.Discard();
        }
    }

    private async Task<DirectLineError?> StoreAsync(WebToken token, Upload upload)
    {
        if (upload.Files.Count == 0) return DirectLineError.Bad("There is no part named 'file'.", "MissingProperty");
        var post = WebActivityMapper.Map(upload.Activity, token, time.GetUtcNow(), upload.Id, upload.Files);
        if (post.Error is not null) return post.Error;
        using var span = DeskTraces.Receive(token.Agency, WebActivityMapper.Channel);
        await ledger.AcceptAsync(DeskTraces.Mark(post.Entries));
        return null;
    }
}
