using System.Net;
using KubeLens.Gateway.Identity.Serving;
using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Identity.Serving;

public sealed class ServingSetTests
{
    private static readonly string[] OwnNames = ["localhost", "127.0.0.1", "::1", "own.example"];
    private static readonly TestAuthority Authority = TestAuthority.Create();

    [Theory]
    [InlineData("prod.kube.example", null, "exact")]
    [InlineData("PROD.kube.example", null, "exact")]
    [InlineData("dev.kube.example", null, "wildcard")]
    [InlineData("a.dev.kube.example", null, "own")]
    [InlineData("kube.example", null, "own")]
    [InlineData("own.example", null, "own")]
    [InlineData("stranger.example", null, "own")]
    [InlineData("bücher.example", null, "exact")]
    [InlineData("", "10.0.0.1", "exact")]
    [InlineData("", "::ffff:10.0.0.1", "exact")]
    [InlineData("10.0.0.1", "127.0.0.1", "exact")]
    [InlineData("", "127.0.0.1", "own")]
    [InlineData("", "10.244.3.7", "exact")]
    [InlineData("", null, "exact")]
    public void Choose_ByNameElseByAddress(string serverName, string? local, string expected) =>
        Choose(serverName, local, Certificate("wildcard", "*.kube.example"), Certificate("exact", "prod.kube.example", "xn--bcher-kva.example", "10.0.0.1")).ShouldBe(expected);

    [Theory]
    [InlineData("", "127.0.0.1", "default")]
    [InlineData("stranger.example", "127.0.0.1", "default")]
    [InlineData("own.example", "127.0.0.1", "own")]
    [InlineData("", "10.0.0.1", "exact")]
    public void Choose_WithADefault_TakesItWhereNoneFits(string serverName, string local, string expected) =>
        Choose(serverName, local, Certificate("exact", "10.0.0.1"), Certificate("default", isDefault: true, "default.example")).ShouldBe(expected);

    [Fact]
    public void Choose_TheApiServersOwnPair_ServesLoopback() =>
        Choose("", "127.0.0.1", Certificate("apiserver", "kubernetes", "localhost", "127.0.0.1", "10.96.0.1")).ShouldBe("apiserver");

    [Fact]
    public void Choose_TwoWithTheName_TakesTheFirst() =>
        Choose("a.example", null, Certificate("first", "a.example"), Certificate("second", "a.example")).ShouldBe("first");

    [Theory]
    [InlineData("prod.kube.example", true)]
    [InlineData("Prod.Kube.Example", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("dev.kube.example", false)]
    [InlineData("*.kube.example", false)]
    [InlineData("", false)]
    public void HasName_ExactOnes_AreNamesOfTheGateway(string host, bool expected) =>
        new ServingSet([Certificate("x", "*.kube.example", "prod.kube.example", "10.0.0.1").Certificate], OwnNames).HasName(host).ShouldBe(expected);

    private static string Choose(string serverName, string? local, params (string Name, ServingCertificate Certificate)[] certificates)
    {
        var chosen = new ServingSet([.. certificates.Select(pair => pair.Certificate)], OwnNames).Choose(serverName, local is null ? null : IPAddress.Parse(local));
        return chosen is null ? "own" : certificates.Single(pair => ReferenceEquals(pair.Certificate, chosen)).Name;
    }

    private static (string Name, ServingCertificate Certificate) Certificate(string name, params string[] names) => Certificate(name, false, names);

    private static (string Name, ServingCertificate Certificate) Certificate(string name, bool isDefault, params string[] names)
    {
        using var leaf = Authority.Server(names);
        return (name, ServingCertificate.Parse(leaf.ExportCertificatePem(), TestAuthority.KeyPem(leaf), isDefault));
    }
}
