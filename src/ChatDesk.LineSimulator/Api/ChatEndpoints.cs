using ChatDesk.LineSimulator.Validation;

namespace ChatDesk.LineSimulator.Api;

/// <summary>Signs of life that carry no message: the loading animation and marking as read (protocols.md 2.2).</summary>
internal static class ChatEndpoints
{
    private const int DefaultLoadingSeconds = 20;

    public static LineAnswer StartLoading(LineChannel channel, LineRequest request, DateTimeOffset now)
    {
        if (!channel.Rates.TryPass(LineEndpoint.Loading)) return LineErrors.RateLimited;
        if (!request.TryParse(out var document)) return LineErrors.NotJson;
        using (document)
        {
            var findings = new Findings();
            var body = Node.Root(document.RootElement, findings);
            SendRules.Loading(body);
            if (!findings.None) return LineErrors.Invalid(findings);
            channel.Loading.Add(new(body.Text("chatId", 33)!, (int)(body.Whole("loadingSeconds") ?? DefaultLoadingSeconds), now));
            return LineAnswer.Accepted;
        }
    }

    public static LineAnswer MarkAsRead(LineChannel channel, LineRequest request)
    {
        if (!request.TryParse(out var document)) return LineErrors.NotJson;
        using (document)
        {
            var findings = new Findings();
            var body = Node.Root(document.RootElement, findings);
            SendRules.MarkAsRead(body);
            if (!findings.None) return LineErrors.Invalid(findings);
            return channel.ReadMarks.TryMark(body.Text("markAsReadToken", int.MaxValue)!) ? LineAnswer.Empty : LineErrors.InvalidReadToken;
        }
    }
}
