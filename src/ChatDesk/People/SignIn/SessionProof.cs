namespace ChatDesk.People.SignIn;

/// <summary>What proved who opened a session, as it stands in the session and in the audit log.</summary>
internal static class SessionProof
{
    public const string Password = "password";
    public const string Authenticator = "password and authenticator";
    public const string RecoveryCode = "password and recovery code";
    public const string Invitation = "invitation";

    /// <summary>The agency's identity provider, whose own second factor counts.</summary>
    public const string Provider = "identity provider";
}
