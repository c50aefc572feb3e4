using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Tests.Redact;

public class TargetRedactorTests
{
    [Theory]
    [InlineData("/api/v1/pods", "/api/v1/pods", "")]
    [InlineData("/api/v1/pods?", "/api/v1/pods", "")]
    [InlineData("/api/v1/pods%2Fx?watch=1&labelSelector=a%3Db", "/api/v1/pods%2Fx", "watch=1&labelSelector=a%3Db")]
    [InlineData("/x?token=abc&watch=1", "/x", "token=<redacted>&watch=1")]
    [InlineData("/x?watch=1&access_token=abc", "/x", "watch=1&access_token=<redacted>")]
    [InlineData("/x?a=1&Api-Key=x&b=2&password=y", "/x", "a=1&Api-Key=<redacted>&b=2&password=<redacted>")]
    [InlineData("/x?t%6Fken=abc", "/x", "t%6Fken=<redacted>")]
    [InlineData("/x?token", "/x", "token")]
    [InlineData("/x?token=", "/x", "token=")]
    [InlineData("/x?q=eyJhbGciOi.eyJpc3Mi.c2ln", "/x", "q=<redacted>")]
    [InlineData("/x?fieldManager=eyJhbGciOi.eyJpc3Mi.c2ln&watch=1", "/x", "fieldManager=<redacted>&watch=1")]
    [InlineData("/x?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6NX0&limit=5", "/x", "continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6NX0&limit=5")]
    [InlineData("/x?q=Bearer%20abc", "/x", "q=<redacted>")]
    [InlineData("/x?q=Bearer+abc", "/x", "q=<redacted>")]
    [InlineData("/x?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MX0", "/x", "continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MX0")]
    [InlineData("/p/exec?command=mysql&command=--password&command=x&stdin=true", "/p/exec", "command=mysql&command=--password&command=<redacted>&stdin=true")]
    [InlineData("/p/exec?command=mysql&command=--password%3Dx&command=y", "/p/exec", "command=mysql&command=<redacted>&command=y")]
    [InlineData("/proxy/eyJhbGciOi.eyJpc3Mi.c2ln/x", "/proxy/<redacted>/x", "")]
    [InlineData("/proxy/%65yJhbGciOi.eyJpc3Mi.c2ln/x", "/proxy/<redacted>/x", "")]
    [InlineData("/proxy/postgres://u:p@h/x", "<redacted>", "")]
    [InlineData("https://user:pass@host/api/v1/pods?limit=1", "/api/v1/pods", "limit=1")]
    [InlineData("", "", "")]
    [InlineData("*", "*", "")]
    [InlineData("/x?%zz=%zz&&=", "/x", "%zz=%zz&&=")]
    public void Redact_Target_KeepsThisMuch(string target, string path, string query) =>
        TargetRedactor.Redact(target).ShouldBe((path, query));

    [Fact]
    public void Redact_VeryLongTarget_IsCapped()
    {
        var (path, query) = TargetRedactor.Redact("/" + new string('a', 100_000) + "?" + new string('b', 100_000));

        path.Length.ShouldBe(TargetRedactor.MaxLength);
        query.Length.ShouldBeLessThanOrEqualTo(TargetRedactor.MaxLength);
    }
}
