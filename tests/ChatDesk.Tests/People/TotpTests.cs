using System.Text;
using ChatDesk.People.SignIn;

namespace ChatDesk.Tests.People;

/// <summary>RFC 6238, appendix B (SHA-1; its eight digits end in our six), RFC 4648's base 32, and codes that work once.</summary>
public sealed class TotpTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) => Assert.Equal(code, Totp.CodeAt(Key, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Keys_are_written_in_base_32(string text, string base32) => Assert.Equal(base32, Totp.ToBase32(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_code_works_once_and_only_within_a_minute_of_its_time()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var code = Totp.CodeAt(Key, at);
        var step = Totp.Accept(Key, $"{code[..3]} {code[3..]}", at, lastStep: 0);

        Assert.NotNull(step);
        Assert.Null(Totp.Accept(Key, code, at, step.Value));
        Assert.Null(Totp.Accept(Key, code, at.AddSeconds(25), step.Value));
        Assert.NotNull(Totp.Accept(Key, code, at.AddSeconds(30), step.Value - 1));
        Assert.Null(Totp.Accept(Key, code, at.AddSeconds(61), lastStep: 0));
        Assert.Null(Totp.Accept(Key, code, at.AddSeconds(-31), lastStep: 0));
        Assert.Null(Totp.Accept(Key, "", at, lastStep: 0));
        Assert.Null(Totp.Accept(Key, "๑๒๓๔๕๖", at, lastStep: 0));
    }
}
