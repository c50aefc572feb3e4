namespace KubeLens.Contracts.Query;

/// <summary>
/// A value of <c>resource:</c> taken apart: <c>pods</c>, <c>pods/exec</c>, <c>pods/*</c>, <c>deployments.apps</c>, <c>deployments.apps/status</c>.
/// </summary>
/// <param name="Resource">The resource; <c>*</c> for any.</param>
/// <param name="Group">The API group after the first dot, <c>core</c> for the one without a name, or null for any.</param>
/// <param name="Subresource">Empty for none, <c>*</c> for any and none, else its name.</param>
public sealed record ResourcePattern(string Resource, string? Group, string Subresource)
{
    /// <summary>False when a part is empty or there is more than one slash.</summary>
    public static bool TryParse(string text, out ResourcePattern pattern)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var full = slash < 0 ? text : text[..slash];
        var sub = slash < 0 ? "" : text[(slash + 1)..];
        var dot = full.IndexOf('.', StringComparison.Ordinal);
        var resource = dot < 0 ? full : full[..dot];
        var group = dot < 0 ? null : full[(dot + 1)..];
        pattern = new ResourcePattern(resource, group, sub);
        return resource.Length > 0 && group is not "" && (slash < 0 || sub.Length > 0) && !sub.Contains('/', StringComparison.Ordinal);
    }
}
