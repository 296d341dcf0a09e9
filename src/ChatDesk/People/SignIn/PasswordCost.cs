using Microsoft.AspNetCore.Identity;

namespace ChatDesk.People.SignIn;

/// <summary>
/// Hashing a password costs a tenth of a second of CPU on purpose. At most half the processors do it at a time, so that a
/// flood of guesses does not slow down what contacts wait for.
/// </summary>
internal sealed class PasswordCost(IPasswordHasher<Officer> hasher) : IDisposable
{
    private readonly SemaphoreSlim _seats = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly Officer _nobody = new() { Agency = "", DisplayName = "" };
    private string? _hash;

    public async Task<bool> RunAsync(Func<Task<bool>> work)
    {
        await _seats.WaitAsync();
        try
        {
            return await Task.Run(work);
        }
        finally
        {
            _seats.Release();
        }
    }

    /// <summary>Spends what checking a real password would.</summary>
    public void Pretend(string password)
    {
        _hash ??= hasher.HashPassword(_nobody, "nobody's password");
        hasher.VerifyHashedPassword(_nobody, _hash, password);
    }

    public void Dispose() => _seats.Dispose();
}
