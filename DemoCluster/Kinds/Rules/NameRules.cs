using System.Text.RegularExpressions;
using KubeLens.DemoCluster.Api.Errors;

namespace KubeLens.DemoCluster.Kinds.Rules;

/// <summary>Which names a resource allows, and what the API server says of others.</summary>
internal static partial class NameRules
{
    private const string SubdomainText =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string LabelText =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string ServiceText =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    public static void Validate(ResourceKind kind, string name, InvalidCauses causes)
    {
        if (name.Length == 0)
        {
            causes.Required("metadata.name", "name or generateName is required");
            return;
        }

        var problem = kind switch
        {
            { Group: "rbac.authorization.k8s.io" } => Segment(name),
            { Group: "", Resource: "namespaces" } => Length(name, 63) ?? (Label().IsMatch(name) ? null : LabelText),
            { Group: "", Resource: "services" } => Length(name, 63) ?? (Service().IsMatch(name) ? null : ServiceText),
            _ => Length(name, 253) ?? (Subdomain().IsMatch(name) ? null : SubdomainText),
        };
        if (problem is not null)
        {
            causes.Invalid("metadata.name", $"\"{name}\"", problem);
        }
    }

    private static string? Length(string name, int most) => name.Length > most ? $"must be no more than {most} characters" : null;

    /// <summary>A name that can stand in a path: roles may be called <c>system:node</c>.</summary>
    private static string? Segment(string name) => name switch
    {
        "." or ".." => $"may not be '{name}'",
        _ when name.Contains('/') => "may not contain '/'",
        _ when name.Contains('%') => "may not contain '%'",
        _ => null,
    };

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Service();
}
