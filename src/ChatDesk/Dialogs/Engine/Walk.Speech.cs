using ChatDesk.Activities;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <content>What is said.</content>
internal sealed partial class Walk
{
    public void Say(Saying saying) => _replies.Add(Speech.Of(this, saying, []));

    /// <summary>After a correction, steps are taken again: what reads the same as before is not said twice.</summary>
    public void SayOnce(SayStep step)
    {
        if (step.Saying.IsFixed && !Top.Said.Add(step.Id) && Replaying)
            return;
        Say(step.Saying);
    }

    public void Say(OutboundActivity reply) => _replies.Add(reply);

    /// <summary>Says one of the replies of <c>_repair.yaml</c>.</summary>
    public void Reply(string name, string? label = null, string? value = null, params IReadOnlyList<Choice> choices) =>
        _replies.Add(OutboundActivity.Say(Words(name, label, value), choices));

    public string Words(string name, string? label = null, string? value = null) =>
        Speech.Fill(this, Book.Repair.Replies[name], label, value);

    public string Fill(Localized text) => Speech.Fill(this, text);

    /// <summary>Asks the present question (again).</summary>
    public void Prompt(Step step)
    {
        Replaying = false;
        Remember(step.Id);
        switch (step)
        {
            case AskStep ask:
                _replies.Add(Speech.Of(this, ask.Saying, Speech.Choices(this, ask.Id, ask.Slot)));
                break;
            case ChooseStep menu:
                _replies.Add(Speech.Of(this, menu.Saying, Speech.Choices(this, menu.Id, menu.Picks)));
                break;
            default:
                break;
        }
    }

    private void Remember(string step)
    {
        var known = Top.History.IndexOf(step);
        if (known >= 0)
            Top.History.RemoveRange(known + 1, Top.History.Count - known - 1);
        else
            Top.History.Add(step);
    }

    /// <summary>What has been ordered cannot be taken back, so there is no way back past it.</summary>
    public void ForgetHistory() => Top.History.Clear();

    public void Redact(string secret, string mask) => _redact.Add((secret, mask));
}
