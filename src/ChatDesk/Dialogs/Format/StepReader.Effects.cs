using ChatDesk.Dialogs.Expressions;

namespace ChatDesk.Dialogs.Format;

/// <content>Steps that leave something to be done.</content>
internal sealed partial class StepReader
{
    private CallStep? Call(string id, Fields fields)
    {
        var connector = fields.Text("call");
        var timeout = fields.Duration("timeout") ?? TimeSpan.FromSeconds(5);
        var into = scope.Pairs(fields.Entries("into"));
        var failed = fields.NeededText("failed", "say_sorry");
        var send = new List<(string, Expression)>();
        foreach (var entry in fields.Entries("send"))
        {
            if (entry.Value is YamlText text && scope.Parse(text.Value, entry.Line) is { } value)
                send.Add((entry.Key, value));
        }
        if (timeout > TimeSpan.FromSeconds(20))
            Findings.Add(fields.LineOf("timeout"), "A call may take 20 seconds at most.", "Write 20s or less; nobody waits longer for an answer.");
        return connector is null ? null : new CallStep { Id = id, Line = fields.Line, Connector = connector, Send = send, Timeout = timeout, Into = into, Failed = failed };
    }

    private OpenCaseStep? OpenCase(string id, Fields fields)
    {
        var type = fields.Text("open_case");
        var category = scope.Parse(fields.Text("category"), fields.LineOf("category"));
        var summary = scope.Checked(fields.NeededLocalized("summary"), fields.LineOf("summary"));
        var caseFields = SlotList(fields, "fields");
        var needs = SlotList(fields, "needs");
        var into = scope.Pairs(fields.Entries("into"));
        var failed = fields.NeededText("failed", "say_sorry");
        foreach (var need in needs.Where(n => scope.Slots[n].Optional))
            Findings.Add(fields.LineOf("needs"), $"Slot '{need}' is needed for the case but may be skipped.", "Take 'optional' away from it, or take it out of needs.");
        return type is null || summary is null ? null : new OpenCaseStep
        {
            Id = id,
            Line = fields.Line,
            Type = type,
            Category = category,
            Summary = summary,
            Fields = caseFields,
            Needs = needs,
            Into = into,
            Failed = failed,
        };
    }

    private HandOverStep? HandOver(string id, Fields fields)
    {
        var topic = scope.Checked(fields.Localized("hand_over"), fields.LineOf("hand_over"));
        var into = scope.Pairs(fields.Entries("into"));
        var failed = fields.Text("failed");
        if (into.Count > 0 && failed is null)
            Findings.Add(fields.Line, "'failed' is missing.", "Say where to go when no person can be reached: 'failed: some_step'.");
        var known = SlotList(fields, "fields");
        return topic is null ? null : new HandOverStep { Id = id, Line = fields.Line, Topic = topic, Fields = known, Into = into, Failed = failed };
    }

    private SurveyStep? Survey(string id, Fields fields)
    {
        var survey = fields.Map("survey");
        if (survey is null)
            return null;
        var rating = scope.Slot(survey.NeededText("rating", "rating"), survey.LineOf("rating"));
        var solved = scope.Slot(survey.Text("solved"), survey.LineOf("solved"));
        var comment = scope.Slot(survey.Text("comment"), survey.LineOf("comment"));
        survey.Close();
        return rating is null ? null : new SurveyStep { Id = id, Line = fields.Line, Rating = rating, Solved = solved, Comment = comment };
    }
}
