using System.Buffers;
using System.Text;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using KubeLens.Gateway.Redact.Rules;
using KubeLens.Gateway.Tests.Capture.Policy;

namespace KubeLens.Gateway.Tests.Redact.Rules;

/// <summary>Rules from settings as an operator writes them, and what they do to a body.</summary>
internal static class RedactRuleText
{
    public const string Widget = "/apis/example.com/v1/namespaces/shop/widgets/w";

    private static readonly BodyRedactor Redactor = RedactHarness.Create(new RedactOptions());

    /// <summary>Of the rules of <c>Redact:Rules</c>.</summary>
    public static RedactRuleSet Of(string rules) => RedactRuleReader.Read(Policies.Settings($$"""{"Redact":{"Rules":[{{rules}}]} }"""));

    /// <summary>A rule for widgets.</summary>
    public static CallRules Paths(string action, params string[] paths) =>
        Of($$"""{"Resources":["widgets.example.com"],"Action":"{{action}}","JsonPaths":[{{string.Join(',', paths.Select(path => $"\"{path}\""))}}]}""").For("", RequestInfoParser.Parse("GET", Widget))!;

    public static RedactedBody Keep(CallRules? rules, byte[] wire, string method = "GET", string contentType = RedactHarness.Json, bool truncated = false) =>
        Redactor.Redact(new BodyContext(RequestInfoParser.Parse(method, Widget), method, method != "GET", 200, contentType, "", Rules: rules), new ReadOnlySequence<byte>(wire), truncated);

    public static RedactedBody Keep(CallRules? rules, string json, string method = "GET", bool truncated = false) => Keep(rules, Encoding.UTF8.GetBytes(json), method, truncated: truncated);
}
