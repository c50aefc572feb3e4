using KubeLens.Gateway.Identity;

namespace KubeLens.Gateway.Tests.Identity;

public sealed class HostPolicyTests
{
    private readonly HostPolicy _policy = new(PkiHarness.Options("/unused", "gateway.example", "10.0.0.7"));

    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost:6444")]
    [InlineData("127.0.0.1:1")]
    [InlineData("[::1]")]
    [InlineData("[::1]:6444")]
    [InlineData("gateway.example:443")]
    [InlineData("10.0.0.7")]
    public void Allows_OwnName_AtAnyPort(string host) => _policy.Allows(host).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("evil.example:6444")]
    [InlineData("localhost:6444@evil.example")]
    [InlineData("127.0.0.1.nip.io")]
    [InlineData("127.0.0.2")]
    [InlineData("::1")]
    [InlineData("[::1")]
    [InlineData("[::1]evil")]
    [InlineData("[::2]")]
    public void Allows_OtherName_Not(string host) => _policy.Allows(host).ShouldBeFalse();
}
