namespace ChatDesk.Dialogs.Engine;

/// <summary>
/// Something the stage must do for a dialog. The key is the same whenever the same turn is worked out again after a crash,
/// so whoever carries it out can refuse a second time.
/// </summary>
internal abstract record Effect(string Key);

/// <param name="Key">See <see cref="Effect"/>.</param>
/// <param name="Type">The kind of case, a word of the file.</param>
/// <param name="Category">The contact's category, a choice value of the file.</param>
/// <param name="Summary">One line for the desk in the contact's language.</param>
/// <param name="Fields">Slot to canonical value; empty slots are left away.</param>
internal sealed record OpenCase(string Key, string Type, string? Category, string Summary, IReadOnlyDictionary<string, string> Fields) : Effect(Key);

/// <param name="Key">See <see cref="Effect"/>.</param>
/// <param name="Topic">One line for the officer, in the contact's language.</param>
/// <param name="Reason"><c>asked</c>, <c>misunderstood</c> or <c>fault</c>.</param>
/// <param name="Fields">What the contact has answered so far; answers of dialogs that wait below stand as <c>dialog.slot</c>.</param>
internal sealed record HandOver(string Key, string Topic, string Reason, IReadOnlyDictionary<string, string> Fields) : Effect(Key);

/// <param name="Key">See <see cref="Effect"/>.</param>
/// <param name="Connector">The connector's name in the configuration.</param>
/// <param name="Send">Parameters by name.</param>
/// <param name="Timeout">After this the stage resumes with a failure.</param>
internal sealed record CallConnector(string Key, string Connector, IReadOnlyDictionary<string, string> Send, TimeSpan Timeout) : Effect(Key);

/// <param name="Key">See <see cref="Effect"/>.</param>
/// <param name="Rating">1 to 5.</param>
/// <param name="Solved"><c>yes</c>, <c>no</c> or null.</param>
/// <param name="Comment">In the contact's words.</param>
internal sealed record RecordSurvey(string Key, string? Rating, string? Solved, string? Comment) : Effect(Key);

/// <summary>Wake this conversation after a silence with a <c>Timer</c> activity whose data is <see cref="Silence"/>; replaces an earlier one of that name.</summary>
internal sealed record StartTimer(string Key, TimeSpan After) : Effect(Key)
{
    public const string Silence = "dialog:silence";
}

/// <summary>From now on the contact is spoken to in this language (<c>th</c> or <c>en</c>).</summary>
internal sealed record SwitchLanguage(string Key, string Language) : Effect(Key);

/// <summary>How an awaited effect went.</summary>
/// <param name="Ok">False for a time-out, a refusal or a missing connector.</param>
/// <param name="Fields">What came back, by field name; canonical texts.</param>
internal sealed record StepResult(bool Ok, IReadOnlyDictionary<string, string> Fields)
{
    public static readonly StepResult Failure = new(false, new Dictionary<string, string>());
}
