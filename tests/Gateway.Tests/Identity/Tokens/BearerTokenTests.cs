using System.Buffers.Text;
using System.Text;
using KubeLens.Gateway.Identity.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KubeLens.Gateway.Tests.Identity.Tokens;

public sealed class BearerTokenTests
{
    private const string Protocol = "base64url.bearer.authorization.k8s.io.";

    [Theory]
    [InlineData("Bearer abc", "abc")]
    [InlineData("bearer abc", "abc")]
    [InlineData("BEARER  a.b-c_d~e+f/g== ", "a.b-c_d~e+f/g==")]
    [InlineData("Bearer", null)]
    [InlineData("Bearer ", null)]
    [InlineData("Bearer a b", null)]
    [InlineData("Bearerabc", null)]
    [InlineData("Basic abc", null)]
    [InlineData("Bearer ü", null)]
    public void Of_Authorization_IsTheTokenOrNothing(string authorization, string? token) =>
        BearerToken.Of(new HeaderDictionary { ["Authorization"] = authorization }).ShouldBe(token);

    [Fact]
    public void Of_TwoAuthorizations_IsNothing() =>
        BearerToken.Of(new HeaderDictionary { ["Authorization"] = new StringValues(["Bearer a", "Bearer b"]) }).ShouldBeNull();

    [Fact]
    public void Of_Longer_ThanAnyToken_IsNothing() =>
        BearerToken.Of(new HeaderDictionary { ["Authorization"] = "Bearer " + new string('a', 70_000) }).ShouldBeNull();

    [Theory]
    [InlineData("{0}, v5.channel.k8s.io", "a-token")]
    [InlineData("v5.channel.k8s.io,{0}", "a-token")]
    [InlineData("{0}, {0}", null)]
    [InlineData("v5.channel.k8s.io", null)]
    [InlineData(Protocol, null)]
    [InlineData(Protocol + "!!!", null)]
    public void Of_WebSocketProtocol_IsTheTokenOrNothing(string protocols, string? token) =>
        BearerToken.Of(new HeaderDictionary { ["Sec-WebSocket-Protocol"] = string.Format(null, protocols, Encoded("a-token")) }).ShouldBe(token);

    [Fact]
    public void Of_ProtocolWithLineBreak_IsNothing() =>
        BearerToken.Of(new HeaderDictionary { ["Sec-WebSocket-Protocol"] = Encoded("a\r\nImpersonate-User: admin") }).ShouldBeNull();

    [Fact]
    public void Of_BothPlaces_IsTheHeaders() =>
        BearerToken.Of(new HeaderDictionary { ["Authorization"] = "Bearer first", ["Sec-WebSocket-Protocol"] = Encoded("second") }).ShouldBe("first");

    [Fact]
    public void RemoveProtocol_TokenAmongOthers_LeavesTheOthers()
    {
        using var request = new HttpRequestMessage();
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Protocol", $"v5.channel.k8s.io, {Encoded("a-token")}, v4.channel.k8s.io");

        BearerToken.RemoveProtocol(request.Headers);

        request.Headers.NonValidated["Sec-WebSocket-Protocol"].ToString().ShouldBe("v5.channel.k8s.io, v4.channel.k8s.io");
    }

    private static string Encoded(string token) => Protocol + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token));
}
