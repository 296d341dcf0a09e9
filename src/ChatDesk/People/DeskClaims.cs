namespace ChatDesk.People;

/// <summary>The claims of a signed-in officer. The cookie carries only the session; the rest is read from the database for every request.</summary>
internal static class DeskClaims
{
    /// <summary>The authentication scheme of officers.</summary>
    public const string Scheme = "desk";

    public const string Session = "session";
    public const string Agency = "agency";
    public const string DisplayName = "display_name";
    public const string Unit = "unit";
    public const string AnswersIn = "answers_in";
    public const string Capacity = "capacity";
    public const string Language = "language";

    /// <summary>Present while a second factor is required and not set up: only the page that sets it up may be opened.</summary>
    public const string MustSecure = "must_secure";
}
