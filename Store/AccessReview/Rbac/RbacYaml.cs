using System.Text;
using System.Text.Encodings.Web;

namespace KubeLens.Store.AccessReview.Rbac;

/// <summary>Roles and their bindings as YAML. Whatever callers chose is in double quotes, with everything but plain letters escaped: it stays a text, whoever reads it.</summary>
internal static class RbacYaml
{
    private const string Group = "rbac.authorization.k8s.io";

    /// <param name="roles">To be written.</param>
    /// <param name="subject">Whom they are bound to.</param>
    /// <param name="about">Lines for whoever reads it, without line breaks.</param>
    public static string Write(IReadOnlyList<RbacRole> roles, RbacSubject subject, IEnumerable<string> about)
    {
        if (roles.Count == 0)
        {
            return "";
        }

        var yaml = new StringBuilder();
        foreach (var line in about)
        {
            Line(yaml, $"# {line}");
        }

        foreach (var role in roles)
        {
            WriteRole(yaml, role, subject);
            WriteBinding(yaml, role, subject);
        }

        return yaml.ToString();
    }

    /// <summary>A text in double quotes, on one line, of ASCII alone.</summary>
    public static string Quote(string text) => $"\"{JavaScriptEncoder.Default.Encode(text)}\"";

    private static void WriteRole(StringBuilder yaml, RbacRole role, RbacSubject subject)
    {
        WriteHead(yaml, role.Namespace.Length > 0 ? "Role" : "ClusterRole", role, subject);
        Line(yaml, "rules:");
        foreach (var rule in role.Rules)
        {
            var lead = "- ";
            foreach (var (name, texts) in (ReadOnlySpan<(string, IReadOnlyList<string>)>)[("apiGroups", rule.ApiGroups), ("resources", rule.Resources), ("resourceNames", rule.ResourceNames), ("nonResourceURLs", rule.NonResourceUrls), ("verbs", rule.Verbs)])
            {
                if (texts.Count > 0)
                {
                    Line(yaml, $"{lead}{name}: [{string.Join(", ", texts.Select(Quote))}]");
                    lead = "  ";
                }
            }
        }
    }

    private static void WriteBinding(StringBuilder yaml, RbacRole role, RbacSubject subject)
    {
        var kind = role.Namespace.Length > 0 ? "Role" : "ClusterRole";
        WriteHead(yaml, $"{kind}Binding", role, subject);
        Line(yaml, "roleRef:");
        Line(yaml, $"  apiGroup: {Group}");
        Line(yaml, $"  kind: {kind}");
        Line(yaml, $"  name: {Quote(subject.RoleName)}");
        Line(yaml, "subjects:");
        Line(yaml, $"- kind: {subject.Kind}");
        Line(yaml, subject.Kind == RbacSubject.ServiceAccount ? $"  namespace: {Quote(subject.Namespace)}" : $"  apiGroup: {Group}");
        Line(yaml, $"  name: {Quote(subject.Name)}");
    }

    private static void WriteHead(StringBuilder yaml, string kind, RbacRole role, RbacSubject subject)
    {
        Line(yaml, "---");
        Line(yaml, $"apiVersion: {Group}/v1");
        Line(yaml, $"kind: {kind}");
        Line(yaml, "metadata:");
        Line(yaml, $"  name: {Quote(subject.RoleName)}");
        if (role.Namespace.Length > 0)
        {
            Line(yaml, $"  namespace: {Quote(role.Namespace)}");
        }
    }

    private static void Line(StringBuilder yaml, string line) => yaml.Append(line).Append('\n');
}
