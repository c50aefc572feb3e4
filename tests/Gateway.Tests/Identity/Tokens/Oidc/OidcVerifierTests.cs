using System.Text.Json;
using KubeLens.Gateway.Identity.Tokens;
using KubeLens.Gateway.Identity.Tokens.Oidc;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Tests.Identity.Tokens.Oidc;

public sealed class OidcVerifierTests : IDisposable
{
    // An RSA key takes a moment to find.
    private static readonly TestIssuer Issuer = new();

    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly OidcOptions _options = new() { Issuer = TestIssuer.Name, Audience = "kubelens", UsernameClaim = "sub", UsernamePrefix = "-", GroupsClaim = "groups" };
    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task Verify_GoodToken_IsItsUser(string algorithm)
    {
        var verdict = await VerifyAsync(Issuer.Sign(algorithm, Claims()));

        verdict.Problem.ShouldBeEmpty();
        verdict.Caller!.Name.ShouldBe("jane");
        verdict.Caller.Groups.ShouldBe(["dev", "ops"]);
        verdict.Caller.Source.ShouldBe("oidc");
        verdict.Expires!.Value.ToUnixTimeSeconds().ShouldBe(_clock.Now.AddHours(1).ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData("iss", "\"https://other.example\"", "issuer")]
    [InlineData("aud", "\"somebody-else\"", "aud is not kubelens")]
    [InlineData("aud", "[]", "")]
    [InlineData("exp", "1000", "has expired")]
    [InlineData("exp", null, "says no end")]
    [InlineData("exp", "\"soon\"", "")]
    [InlineData("nbf", "99999999999", "not valid yet")]
    [InlineData("sub", null, "no claim sub")]
    [InlineData("sub", "\"\"", "no claim sub")]
    [InlineData("sub", "[\"jane\"]", "")]
    [InlineData("sub", "\"system:admin\"", "system:admin")]
    [InlineData("groups", "[\"dev\",\"system:masters\"]", "system:masters")]
    [InlineData("groups", "\"SYSTEM:masters\"", "SYSTEM:masters")]
    [InlineData("sub", "\"jane\\nImpersonate-User: admin\"", "control characters")]
    public async Task Verify_BadClaim_IsRefused(string claim, string? value, string words)
    {
        var claims = Claims();
        claims.Remove(claim);
        if (value is not null)
        {
            claims[claim] = JsonDocument.Parse(value).RootElement;
        }

        var verdict = await VerifyAsync(Issuer.Sign("RS256", claims));

        verdict.Caller.ShouldBeNull();
        verdict.Problem.ShouldContain(words, Case.Insensitive);
    }

    [Fact]
    public async Task Verify_Forgeries_AreRefused()
    {
        using var stranger = new TestIssuer();
        var good = Issuer.Sign("RS256", Claims());
        string[] forgeries =
        [
            stranger.Sign("RS256", Claims()),
            TestIssuer.Unsigned(Claims(), "none"),
            TestIssuer.Unsigned(Claims(), "None"),
            Issuer.SignWithPublicKeyAsSecret(Claims()),
            Issuer.Sign("RS512", Claims()),
            good[..good.LastIndexOf('.')] + ".",
            good[..good.LastIndexOf('.')] + "." + new string('A', 342),
            good + "A",
            "a.b.c",
            "",
        ];

        foreach (var token in forgeries)
        {
            (await VerifyAsync(token)).Caller.ShouldBeNull(token);
        }

        (await VerifyAsync(good)).Caller.ShouldNotBeNull();
    }

    [Fact]
    public async Task Verify_Refused_SaysNothingOfTheToken()
    {
        var token = Issuer.Sign("RS512", Claims());

        (await VerifyAsync(token)).Problem.ShouldNotContain(token.Split('.')[1][..20]);
    }

    [Theory]
    [InlineData("sub", "", TestIssuer.Name + "#jane")]
    [InlineData("sub", "-", "jane")]
    [InlineData("sub", "corp:", "corp:jane")]
    [InlineData("email", "", "jane@example.org")]
    public async Task Verify_Prefix_IsAsKubeApiserverHasIt(string claim, string prefix, string name)
    {
        (_options.UsernameClaim, _options.UsernamePrefix, _options.GroupsPrefix) = (claim, prefix, "corp:");

        var caller = (await VerifyAsync(Issuer.Sign("ES256", Claims()))).Caller!;

        caller.Name.ShouldBe(name);
        caller.Groups.ShouldBe(["corp:dev", "corp:ops"]);
    }

    [Fact]
    public async Task Verify_SystemGroupBehindAPrefix_IsAGroupLikeAnother()
    {
        _options.GroupsPrefix = "corp:";
        var claims = Claims();
        claims["groups"] = new[] { "system:masters" };

        (await VerifyAsync(Issuer.Sign("ES256", claims))).Caller!.Groups.ShouldBe(["corp:system:masters"]);
    }

    [Fact]
    public async Task Verify_UnverifiedEmail_IsRefused()
    {
        _options.UsernameClaim = "email";
        var claims = Claims();
        claims["email_verified"] = false;

        (await VerifyAsync(Issuer.Sign("ES256", claims))).Problem.ShouldContain("not verified");
    }

    [Fact]
    public async Task Verify_KeysRotated_AreReadAgain()
    {
        using var next = new TestIssuer();
        var verifier = Verifier();
        (await verifier.VerifyAsync(Issuer.Sign("RS256", Claims()), TestContext.Current.CancellationToken)).Caller.ShouldNotBeNull();
        _folder.Write("jwks", next.Keys());
        (await verifier.VerifyAsync(next.Sign("RS256", Claims()), TestContext.Current.CancellationToken)).Problem.ShouldContain("key");
        _clock.Now += TimeSpan.FromSeconds(30);

        (await verifier.VerifyAsync(next.Sign("RS256", Claims()), TestContext.Current.CancellationToken)).Caller.ShouldNotBeNull();
        (await verifier.VerifyAsync(Issuer.Sign("RS256", Claims()), TestContext.Current.CancellationToken)).Caller.ShouldBeNull();
    }

    [Fact]
    public async Task Verify_KeysGoneLater_KeepsTheFormerOnes()
    {
        var verifier = Verifier();
        File.Delete(_folder["jwks"]);
        await Should.ThrowAsync<TokenUnverifiedException>(() => verifier.VerifyAsync(Issuer.Sign("RS256", Claims()), TestContext.Current.CancellationToken));
        _folder.Write("jwks", Issuer.Keys());
        await verifier.VerifyAsync(Issuer.Sign("RS256", Claims()), TestContext.Current.CancellationToken);
        File.Delete(_folder["jwks"]);
        _clock.Now += TimeSpan.FromMinutes(5);

        (await verifier.VerifyAsync(Issuer.Sign("RS256", Claims()), TestContext.Current.CancellationToken)).Caller.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}")]
    public void Start_FileWithoutKeys_IsNamed(string text)
    {
        _options.JwksFile = _folder.Write("jwks", text);

        Should.Throw<ConfigurationException>(() => JwksSource.Of(_options, _clock)).Message.ShouldContain($"Identity:Oidc:JwksFile is {_folder["jwks"]}");
    }

    [Fact]
    public async Task ByIssuer_OnlyTokensOfTheIssuer_AreVerifiedHere()
    {
        var verifier = new TokensByIssuer(TestIssuer.Name, Verifier(), new Cluster());
        var claims = Claims();
        claims["iss"] = "kubernetes/serviceaccount";

        (await verifier.VerifyAsync(Issuer.Sign("RS256", Claims()), TestContext.Current.CancellationToken)).Caller!.Name.ShouldBe("jane");
        (await verifier.VerifyAsync(Issuer.Sign("RS256", claims), TestContext.Current.CancellationToken)).Problem.ShouldBe("asked the cluster");
        (await verifier.VerifyAsync("opaque", TestContext.Current.CancellationToken)).Problem.ShouldBe("asked the cluster");
        (await verifier.VerifyAsync(TestIssuer.Unsigned(Claims(), "none"), TestContext.Current.CancellationToken)).Problem.ShouldNotBe("asked the cluster");
    }

    private Dictionary<string, object> Claims() => new()
    {
        ["iss"] = TestIssuer.Name,
        ["aud"] = new[] { "other", "kubelens" },
        ["sub"] = "jane",
        ["email"] = "jane@example.org",
        ["groups"] = new[] { "dev", "ops" },
        ["exp"] = _clock.Now.AddHours(1).ToUnixTimeSeconds(),
        ["nbf"] = _clock.Now.AddMinutes(-1).ToUnixTimeSeconds(),
    };

    private Task<TokenVerdict> VerifyAsync(string token) => Verifier().VerifyAsync(token, TestContext.Current.CancellationToken);

    private OidcVerifier Verifier()
    {
        _options.JwksFile = _folder.Write("jwks", Issuer.Keys());
        return new OidcVerifier(_options, JwksSource.Of(_options, _clock), _clock);
    }

    private sealed class Cluster : ITokenVerifier
    {
        public Task<TokenVerdict> VerifyAsync(string token, CancellationToken cancellationToken) => Task.FromResult(TokenVerdict.Refuse("asked the cluster"));
    }
}
