using KubeLens.Gateway.Identity.Acting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KubeLens.Gateway.Tests.Identity.Acting;

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
        Policy().Decide(Headers((name, "bob"))).ShouldSatisfyAllConditions(
            decision => decision.Allowed.ShouldBeTrue(),
            decision => decision.Strip.ShouldBeEmpty());
        Policy(ImpersonationRule.RefuseBecauseOfKubeconfig).Decide(Headers((name, "bob"))).Refusal!.ShouldContain("cannot be nested");
    }

    [Fact]
    public void Decide_NothingSpecial_IsAllowedEitherWay()
    {
        var headers = Headers(("Accept", "application/json"), ("X-Remotely", "a"), ("Impersonator", "b"), ("Connection", "keep-alive, Upgrade"));

        Policy(ImpersonationRule.RefuseBecauseOfKubeconfig).Decide(headers).ShouldBe(ImpersonationDecision.Allow);
        Policy().Decide(headers).ShouldBe(ImpersonationDecision.Allow);
    }

    [Fact]
    public void Decide_RemoteHeaders_AreStrippedInAnyCase()
    {
        var decision = Policy().Decide(Headers(("X-Remote-User", "root"), ("x-remote-group", "system:masters"), ("X-REMOTE-EXTRA-a", "b"), ("Impersonate-User", "bob")));

        decision.Allowed.ShouldBeTrue();
        decision.Strip.ShouldBe(["X-Remote-User", "x-remote-group", "X-REMOTE-EXTRA-a"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Impersonate-User")]
    [InlineData("  impersonate-user")]
    [InlineData("keep-alive,\tImpersonate-Group , close")]
    [InlineData("X-Remote-User")]
    public void Decide_ConnectionNamesIdentityHeaders_IsRefused(string connection) =>
        Policy().Decide(Headers(("Connection", connection), ("Impersonate-User", "bob"))).Refusal!.ShouldContain("Connection header names");

    [Fact]
    public void Decide_SecondConnectionLineNamesThem_IsRefused() =>
        Policy().Decide(Headers(("Connection", new StringValues(["close", "Impersonate-User"])))).Allowed.ShouldBeFalse();

    [Fact]
    public void Decide_TwoUsers_IsRefused() =>
        Policy().Decide(Headers(("Impersonate-User", new StringValues(["bob", "admin"])))).Refusal!.ShouldContain("more than one Impersonate-User");

    [Fact]
    public void Decide_TwoGroups_IsAllowed() =>
        Policy().Decide(Headers(("Impersonate-User", "bob"), ("Impersonate-Group", new StringValues(["a", "b"])))).Allowed.ShouldBeTrue();

    private static ImpersonationPolicy Policy(ImpersonationRule rule = ImpersonationRule.Pass, params string[] strip) => new(rule, strip);

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
