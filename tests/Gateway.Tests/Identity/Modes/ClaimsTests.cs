using System.Buffers.Text;
using System.Text;

namespace KubeLens.Gateway.Tests.Identity.Modes;

public sealed class ClaimsTests(ClaimsTests.Fixture gateway) : IClassFixture<ClaimsTests.Fixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("claimed", """{"sub":"system:serviceaccount:ns:app"}""", "system:serviceaccount:ns:app", "token-claims")]
    [InlineData("opaque", null, "", "unknown")]
    public async Task Call_BelievingClaims_IsMarkedAsClaimedAndProvesNoCaller(string name, string? claims, string user, string source)
    {
        var token = claims is null ? "opaque-token" : $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.e30";
        using var client = gateway.WithToken(token);
        using var response = await client.GetAsync($"/api/v1/namespaces/{name}", Cancel);

        gateway.Server.Last["Authorization"].ToString().ShouldBe($"Bearer {token}");
        gateway.Server.Reviewed.ShouldBeEmpty();
        var call = await gateway.Sink.SingleAsync(c => c.Name == name, Cancel);
        (call.User, call.UserSource, call.Caller).ShouldBe((user, source, ""));
    }

    public sealed class Fixture : ModeGateway
    {
        public Fixture()
            : base("passthrough") => Settings["Identity__Review"] = "claims";
    }
}
