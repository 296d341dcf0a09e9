using System.Text.Json;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Validation;

namespace ChatDesk.LineSimulator.Api;

/// <summary>Reply, push, multicast, narrowcast, broadcast (protocols.md 2.2) and their validators.</summary>
internal static class SendEndpoints
{
    /// <param name="strict">False skips the rules about message objects and looks only at what routing needs (benchmarks).</param>
    public static LineAnswer Send(LineChannel channel, LineRequest request, bool strict)
    {
        if (!channel.Rates.TryPass(request.Route.Endpoint)) return LineErrors.RateLimited;
        var key = default(Guid?);
        if (request.RetryKey is { } raw)
        {
            if (!Guid.TryParseExact(raw, "D", out var parsed)) return LineErrors.RetryKeyMalformed;
            key = parsed;
        }

        if (!request.TryParse(out var document)) return LineErrors.NotJson;
        using (document)
        {
            var findings = new Findings();
            var body = Node.Root(document.RootElement, findings);
            if (strict) Check(request.Route.Endpoint, body);
            return findings.None ? Answer(channel.Send(Read(request, document.RootElement, key)), document.RootElement) : LineErrors.Invalid(findings);
        }
    }

    public static LineAnswer Validate(LineRequest request)
    {
        if (!request.TryParse(out var document)) return LineErrors.NotJson;
        using (document)
        {
            var findings = new Findings();
            SendRules.Broadcast(Node.Root(document.RootElement, findings));
            return findings.None ? LineAnswer.Empty : LineErrors.Invalid(findings);
        }
    }

    private static void Check(LineEndpoint endpoint, Node body)
    {
        switch (endpoint)
        {
            case LineEndpoint.Reply: SendRules.Reply(body); break;
            case LineEndpoint.Push: SendRules.Push(body); break;
            case LineEndpoint.Multicast: SendRules.Multicast(body); break;
            case LineEndpoint.Narrowcast: SendRules.Narrowcast(body); break;
            default: SendRules.Broadcast(body); break;
        }
    }

    private static SendCall Read(LineRequest request, JsonElement body, Guid? key)
    {
        var call = new SendCall(KindOf(request.Route.Endpoint), request.Id, request.Body, body.GetProperty("messages").GetArrayLength()) { RetryKey = key };
        return call.Kind switch
        {
            SendKind.Reply => call with { ReplyToken = body.GetProperty("replyToken").GetString() },
            SendKind.Push => call with { To = [body.GetProperty("to").GetString()!] },
            SendKind.Multicast => call with { To = [.. body.GetProperty("to").EnumerateArray().Select(id => id.GetString()!)] },
            _ => call,
        };
    }

    private static SendKind KindOf(LineEndpoint endpoint) => endpoint switch
    {
        LineEndpoint.Reply => SendKind.Reply,
        LineEndpoint.Push => SendKind.Push,
        LineEndpoint.Multicast => SendKind.Multicast,
        LineEndpoint.Narrowcast => SendKind.Narrowcast,
        _ => SendKind.Broadcast,
    };

    private static LineAnswer Answer(SendVerdict verdict, JsonElement body) => verdict.Ruling switch
    {
        SendRuling.Accepted => Success(verdict.Accepted!, body),
        SendRuling.AlreadyAccepted => Conflict(verdict.Before!),
        SendRuling.InvalidReplyToken => LineErrors.InvalidReplyToken,
        SendRuling.UnknownRecipient => LineErrors.FailedToSend,
        _ => LineErrors.QuotaUsedUp,
    };

    private static LineAnswer Success(AcceptedCall call, JsonElement body) => call.Kind switch
    {
        SendKind.Narrowcast => LineAnswer.Accepted,
        SendKind.Multicast or SendKind.Broadcast => LineAnswer.Empty,
        _ => LineAnswer.Object(200, json => SentMessages(json, call, body)),
    };

    private static LineAnswer Conflict(AcceptedCall before) => LineAnswer.Object(409, json =>
    {
        json.WriteString("message", "The retry key is already accepted");
        if (before.Kind is SendKind.Push) SentMessages(json, before, body: null);
    }) with
    { AcceptedRequestId = before.RequestId };

    private static void SentMessages(Utf8JsonWriter json, AcceptedCall call, JsonElement? body)
    {
        json.WriteStartArray("sentMessages");
        for (var i = 0; i < call.MessageIds.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("id", call.MessageIds[i]);
            if (body is { } sent && CanBeQuoted(sent.GetProperty("messages")[i])) json.WriteString("quoteToken", "q-" + call.MessageIds[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A quote token comes only with what a person can quote (m:2289).</summary>
    private static bool CanBeQuoted(JsonElement message) =>
        message.TryGetProperty("type", out var type) && (type.ValueEquals("text") || type.ValueEquals("textV2") || type.ValueEquals("sticker")
            || type.ValueEquals("image") || type.ValueEquals("video"));
}
