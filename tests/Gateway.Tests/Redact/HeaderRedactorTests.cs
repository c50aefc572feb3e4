using KubeLens.Gateway.Redact;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KubeLens.Gateway.Tests.Redact;

public class HeaderRedactorTests
{
    [Theory]
    [InlineData("Authorization", "Bearer abc.def", "Bearer <redacted>")]
    [InlineData("Authorization", "bearer abc", "bearer <redacted>")]
    [InlineData("Authorization", "Basic dTpw", "Basic <redacted>")]
    [InlineData("Authorization", "hunter2", "<redacted>")]
    [InlineData("Authorization", "hunter2 is it", "<redacted>")]
    [InlineData("Authorization", "Bearer", "<redacted>")]
    [InlineData("Proxy-Authorization", "Basic dTpw", "Basic <redacted>")]
    [InlineData("Cookie", "a=b", "<redacted>")]
    [InlineData("Set-Cookie", "a=b; Secure", "<redacted>")]
    [InlineData("X-Remote-User", "jane", "<redacted>")]
    [InlineData("X-Remote-Extra-scopes", "x", "<redacted>")]
    [InlineData("X-Api-Key", "x", "<redacted>")]
    [InlineData("X-Auth-Token", "x", "<redacted>")]
    [InlineData("My-Secret", "x", "<redacted>")]
    [InlineData("X-Password", "x", "<redacted>")]
    [InlineData("Sec-WebSocket-Protocol", "v5.channel.k8s.io, base64url.bearer.authorization.k8s.io.aHVudGVyMg,v4.channel.k8s.io", "v5.channel.k8s.io, base64url.bearer.authorization.k8s.io.<redacted>, v4.channel.k8s.io")]
    [InlineData("Sec-WebSocket-Protocol", "Base64URL.Bearer.Authorization.k8s.io.aHVudGVyMg", "base64url.bearer.authorization.k8s.io.<redacted>")]
    [InlineData("Sec-WebSocket-Protocol", "v5.channel.k8s.io", "v5.channel.k8s.io")]
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZQ==", "dGhlIHNhbXBsZQ==")]
    [InlineData("Impersonate-User", "jane", "jane")]
    [InlineData("Impersonate-Extra-scopes", "view", "view")]
    [InlineData("User-Agent", "kubectl/v1.34.0", "kubectl/v1.34.0")]
    [InlineData("Kubectl-Session", "a-b-c", "a-b-c")]
    [InlineData("Audit-ID", "x", "x")]
    [InlineData("Location", "/a?token=x&b=1", "/a?token=<redacted>&b=1")]
    [InlineData("Location", "https://u:p@h/a", "<redacted>")]
    [InlineData("X-Custom", "eyJhbGciOi.eyJpc3Mi.c2ln", "<redacted>")]
    [InlineData("Warning", "299 - \"deprecated\"", "299 - \"deprecated\"")]
    public void Redact_Header_KeepsThisMuch(string name, string value, string kept)
    {
        var header = HeaderRedactor.Redact(new HeaderDictionary { [name] = value }).ShouldHaveSingleItem();

        header.Name.ShouldBe(name.ToLowerInvariant());
        header.Values.ShouldBe([kept]);
    }

    [Fact]
    public void Redact_SeveralValues_KeepsTheirOrder() =>
        HeaderRedactor.Redact(new HeaderDictionary { ["Authorization"] = new StringValues(["Bearer a", "b"]), ["Accept"] = new StringValues(["x", "y"]) })
            .Select(h => $"{h.Name}: {string.Join('|', h.Values)}").ShouldBe(["authorization: Bearer <redacted>|<redacted>", "accept: x|y"], ignoreOrder: true);

    [Fact]
    public void Redact_TooMuch_IsCapped()
    {
        var headers = new HeaderDictionary { ["A"] = new string('x', 100_000) };
        HeaderRedactor.Redact(headers)[0].Values[0].Length.ShouldBe(HeaderRedactor.MaxValueLength);
        for (var i = 0; i < 1_000; i++)
        {
            headers[$"h{i}"] = new string('y', 4_000);
        }

        var kept = HeaderRedactor.Redact(headers);

        kept.Count.ShouldBeLessThanOrEqualTo(HeaderRedactor.MaxHeaders);
        kept.Sum(h => h.Name.Length + h.Values.Sum(v => v.Length)).ShouldBeLessThanOrEqualTo(HeaderRedactor.MaxTotalLength);
    }
}
