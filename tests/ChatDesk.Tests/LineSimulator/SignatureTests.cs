using System.Text;
using System.Text.Json;
using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.Tests.LineSimulator;

public class SignatureTests
{
    [Fact]
    public void Agrees_with_the_vectors_of_LINEs_own_libraries()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(Shared.LinePath("signature-vectors.json")));
        foreach (var vector in vectors.RootElement.EnumerateArray())
        {
            var secret = vector.GetProperty("channelSecret").GetString()!;
            var body = Encoding.UTF8.GetBytes(vector.GetProperty("body").GetString()!);
            var signature = vector.GetProperty("signature").GetString();
            var valid = vector.GetProperty("valid").GetBoolean();

            Assert.Equal(valid, WebhookSignature.Of(secret, body) == signature);
            Assert.Equal(valid, WebhookSignature.IsValid(Encoding.UTF8.GetBytes(secret), body, signature));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("####")]
    [InlineData("AAAA AAAA AAAA AAAA AAAA AAAA AAAA AAAA AAAA ")]
    public void A_header_that_is_no_signature_is_wrong(string? header) => Assert.False(WebhookSignature.IsValid("s"u8.ToArray(), "b"u8, header));
}
