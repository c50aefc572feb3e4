namespace KubeLens.Gateway.Redact.Rules;

/// <summary>
/// One rule of <c>Redact:Rules</c>. It adds to what is redacted anyway, for the calls that its lists match; a list that is left
/// out matches every call. <c>*</c> in an entry of <see cref="Clusters"/>, <see cref="Resources"/> and <see cref="Headers"/> stands for any characters.
/// </summary>
internal sealed class RedactRuleOptions
{
    /// <summary>Names of clusters, as in records.</summary>
    public IList<string> Clusters { get; } = [];

    /// <summary><c>widgets.example.com</c>, <c>*.example.com</c>; <c>widgets</c> in any group. Subresources are included.</summary>
    public IList<string> Resources { get; } = [];

    /// <summary>Values in bodies: <c>$.spec.users[*].token</c>, from the object on, wherever objects stand (<see cref="Paths.JsonPathParser"/>).</summary>
    public IList<string> JsonPaths { get; } = [];

    /// <summary>Names of request and response headers, in any case: <c>X-Api-Key</c>, <c>X-*-Token</c>. Their values are <c>&lt;redacted&gt;</c>.</summary>
    public IList<string> Headers { get; } = [];

    /// <summary>What becomes of values in bodies: <c>fingerprint</c>, the default, or <c>mask</c>.</summary>
    public string Action { get; set; } = "";
}
