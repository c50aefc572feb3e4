using KubeLens.Gateway.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KubeLens.Gateway.Tests.Identity;

public sealed class ImpersonationPolicyTests
{
    [Theory]
    [InlineData("Impersonate-User")]
    [InlineData("IMPERSONATE-USER")]
    [InlineData("impersonate-group")]
    [InlineData("Impersonate-Uid")]
    [InlineData("impersonate-Extra-scopes")]
    public void Decide_CallerImpersonates_DependsOnTheKubeconfig(string name)
    {
        new ImpersonationPolicy(false).Decide(Headers((name, "bob"))).ShouldSatisfyAllConditions(
            decision => decision.Allowed.ShouldBeTrue(),
            decision => decision.Strip.ShouldBeEmpty());
        new ImpersonationPolicy(true).Decide(Headers((name, "bob"))).Refusal!.ShouldContain("cannot be nested");
    }

    [Fact]
    public void Decide_NothingSpecial_IsAllowedEitherWay()
    {
        var headers = Headers(("Accept", "application/json"), ("X-Remotely", "a"), ("Impersonator", "b"), ("Connection", "keep-alive, Upgrade"));

        new ImpersonationPolicy(true).Decide(headers).ShouldBe(ImpersonationDecision.Allow);
        new ImpersonationPolicy(false).Decide(headers).ShouldBe(ImpersonationDecision.Allow);
    }

    [Fact]
    public void Decide_RemoteHeaders_AreStrippedInAnyCase()
    {
        var decision = new ImpersonationPolicy(false).Decide(Headers(("X-Remote-User", "root"), ("x-remote-group", "system:masters"), ("X-REMOTE-EXTRA-a", "b"), ("Impersonate-User", "bob")));

        decision.Allowed.ShouldBeTrue();
        decision.Strip.ShouldBe(["X-Remote-User", "x-remote-group", "X-REMOTE-EXTRA-a"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Impersonate-User")]
    [InlineData("  impersonate-user")]
    [InlineData("keep-alive,\tImpersonate-Group , close")]
    [InlineData("X-Remote-User")]
    public void Decide_ConnectionNamesIdentityHeaders_IsRefused(string connection) =>
        new ImpersonationPolicy(false).Decide(Headers(("Connection", connection), ("Impersonate-User", "bob"))).Refusal!.ShouldContain("Connection header names");

    [Fact]
    public void Decide_SecondConnectionLineNamesThem_IsRefused() =>
        new ImpersonationPolicy(false).Decide(Headers(("Connection", new StringValues(["close", "Impersonate-User"])))).Allowed.ShouldBeFalse();

    [Fact]
    public void Decide_TwoUsers_IsRefused() =>
        new ImpersonationPolicy(false).Decide(Headers(("Impersonate-User", new StringValues(["bob", "admin"])))).Refusal!.ShouldContain("more than one Impersonate-User");

    [Fact]
    public void Decide_TwoGroups_IsAllowed() =>
        new ImpersonationPolicy(false).Decide(Headers(("Impersonate-User", "bob"), ("Impersonate-Group", new StringValues(["a", "b"])))).Allowed.ShouldBeTrue();

    private static HeaderDictionary Headers(params (string Name, StringValues Values)[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, values) in headers)
        {
            dictionary.Append(name, values);
        }

        return dictionary;
    }
}
