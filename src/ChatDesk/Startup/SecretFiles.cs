namespace ChatDesk.Startup;

/// <summary>
/// Settings kept as files, one each, in the folder that <c>SecretsDirectory</c> names: the way Docker and Kubernetes hand out secrets, so that
/// none stands in an environment that every child process and crash report copies.
/// </summary>
internal static class SecretFiles
{
    /// <param name="builder">Where they are added; later sources win.</param>
    /// <param name="outside">Says which folder.</param>
    public static IConfigurationBuilder AddSecretFiles(this IConfigurationBuilder builder, IConfiguration outside) =>
        outside["SecretsDirectory"] is { Length: > 0 } folder ? builder.AddKeyPerFile(folder, optional: false) : builder;
}
