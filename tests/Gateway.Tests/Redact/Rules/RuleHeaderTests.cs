using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Redact.Rules;

public class RuleHeaderTests
{
    [Theory]
    [InlineData("X-Tenant", "X-Tenant", true)]
    [InlineData("x-tenant", "X-TENANT", true)]
    [InlineData("X-*-Code", "X-Door-Code", true)]
    [InlineData("X-*-Code", "X-Code", false)]
    [InlineData("X-Tenant", "X-Tenants", false)]
    [InlineData("*", "Accept", true)]
    public void Redact_ARule_TakesTheHeadersThatItNames(string pattern, string name, bool isTaken)
    {
        var rules = RedactRuleText.Of($$"""{"Headers":["none","{{pattern}}"]}""").For("", RequestInfoParser.Parse("GET", "/version"));
        var headers = new HeaderDictionary { [name] = new(["one", "two"]) };

        HeaderRedactor.Redact(headers, rules).ShouldHaveSingleItem().Values.ShouldBe(isTaken ? ["<redacted>", "<redacted>"] : ["one", "two"]);
        HeaderRedactor.Redact(headers).ShouldHaveSingleItem().Values.ShouldBe(["one", "two"]);
    }

    [Fact]
    public void Redact_WhatIsBuiltIn_StaysRedactedBesideRules()
    {
        var rules = RedactRuleText.Of("""{"Headers":["X-Tenant"]}""").For("", RequestInfoParser.Parse("GET", "/version"));

        HeaderRedactor.Redact(new HeaderDictionary { ["Cookie"] = "a=b", ["Authorization"] = "Bearer x" }, rules).Select(header => header.Values[0]).ShouldBe(["<redacted>", "Bearer <redacted>"]);
    }
}
