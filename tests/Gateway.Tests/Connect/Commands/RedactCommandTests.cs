using System.Text.RegularExpressions;
using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Connect.Commands;

public sealed partial class RedactCommandTests : IDisposable
{
    private const string Settings = """
        {
          "Cluster": { "Name": "main" },
          "Redact": { "Rules": [
            { "Resources": ["widgets.example.com"], "JsonPaths": ["$.spec.word"], "Action": "mask" },
            { "Clusters": ["prod"], "JsonPaths": ["$..size"], "Headers": ["X-Tenant"] } ] }
        }
        """;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Redact:Rules:0", """{"kind":"Widget","spec":{"word":"<redacted>","size":7}}""", "--resource", "widgets.example.com")]
    [InlineData("Redact:Rules:0, Redact:Rules:1", """{"kind":"Widget","spec":{"word":"<redacted>","size":"§"}}""", "--resource", "widgets.example.com", "--cluster", "prod")]
    [InlineData("none matches", """{"kind":"Widget","spec":{"word":"x","size":7}}""", "--resource", "pods")]
    public async Task Redact_ABody_PrintsWhatWouldBeKept(string rules, string kept, params string[] arguments)
    {
        _folder.Write("gateway.json", Settings);
        var file = _folder.Write("body", """{"kind":"Widget","spec":{"word":"x","size":7}}""");

        var result = await GatewayCommand.RunAsync(_folder.Path, ["redact", file, .. arguments]);

        Fingerprints().Replace(result.Require(), "§").ShouldBe(kept + "\n");
        result.Error.ShouldStartWith($"rules: {rules}\n");
    }

    [Fact]
    public async Task Redact_APatchInYaml_IsReadAsOne()
    {
        _folder.Write("gateway.json", Settings);
        var file = _folder.Write("body", "- {op: add, path: /spec/word, value: x}\n- {op: add, path: /spec/size, value: 7}\n");

        var result = await GatewayCommand.RunAsync(_folder.Path, ["redact", "--resource", "widgets.example.com", "--patch", "--content-type", "application/yaml", file]);

        result.Require().ShouldBe("""[{"op":"add","path":"/spec/word","value":"<redacted>"},{"op":"add","path":"/spec/size","value":7}]""" + "\n");
        result.Error.ShouldContain("1 values redacted");
    }

    [Fact]
    public async Task Redact_Headers_PrintsWhatWouldBeKept()
    {
        _folder.Write("gateway.json", Settings);

        var result = await GatewayCommand.RunAsync(_folder.Path, ["redact", "--resource", "pods", "--cluster", "prod", "--header", "X-Tenant: a", "--header", "Accept: b"]);

        result.Require().ShouldBe("x-tenant: <redacted>\naccept: b\n");
    }

    [Theory]
    [InlineData(1, "--header is \"nothing\": give a name and a value", "{}", "--header", "nothing")]
    [InlineData(1, "body-that-is-not-there", "{}", "body-that-is-not-there")]
    [InlineData(78, "Redact:Rules:0 redacts nothing", """{"Redact":{"Rules":[{"Action":"mask"}]}}""")]
    public async Task Redact_WhatCannotBe_IsASentence(int code, string problem, string settings, params string[] arguments)
    {
        _folder.Write("gateway.json", settings);

        var result = await GatewayCommand.RunAsync(_folder.Path, ["redact", "--resource", "pods", .. arguments]);

        result.ExitCode.ShouldBe(code);
        result.Error.ShouldContain(problem);
    }

    [GeneratedRegex("<redacted:sha-[0-9a-f]{12}>")]
    private static partial Regex Fingerprints();
}
