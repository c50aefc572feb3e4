using System.Buffers.Text;
using System.Text;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Tests.Upstream;

public sealed class TokenIdentityTests
{
    [Fact]
    public void Of_ServiceAccountToken_HasItsGroups()
    {
        var identity = TokenIdentity.Of(Token("""{"sub":"system:serviceaccount:prod:app","groups":["ignored"]}"""));

        identity.User.ShouldBe("system:serviceaccount:prod:app");
        identity.Groups.ShouldBe(["system:serviceaccounts", "system:serviceaccounts:prod", "system:authenticated"]);
        identity.Source.ShouldBe("token-claims");
    }

    [Theory]
    [InlineData("""{"sub":"jane","groups":["dev",1,"ops"]}""", "dev,ops,system:authenticated")]
    [InlineData("""{"sub":"jane","groups":"dev"}""", "dev,system:authenticated")]
    [InlineData("""{"sub":"jane"}""", "system:authenticated")]
    [InlineData("""{"sub":"jane","groups":{"a":1}}""", "system:authenticated")]
    public void Of_OpenIdToken_HasItsGroups(string claims, string groups)
    {
        var identity = TokenIdentity.Of(Token(claims));

        identity.User.ShouldBe("jane");
        string.Join(',', identity.Groups).ShouldBe(groups);
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.b.c")]
    [InlineData("a.!!!.c")]
    [InlineData("..")]
    [InlineData("a.W10.c")]
    [InlineData("a.eyJzdWIiOjF9.c")]
    public void Of_NoReadableClaims_IsUnknown(string token)
    {
        var identity = TokenIdentity.Of(token);

        (identity.User, identity.Source).ShouldBe(("", "unknown"));
    }

    private static string Token(string claims) => $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.sig";
}
