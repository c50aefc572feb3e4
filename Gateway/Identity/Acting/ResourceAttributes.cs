namespace KubeLens.Gateway.Identity.Acting;

/// <summary>One thing to have the right <c>impersonate</c> on, in RBAC's terms.</summary>
internal sealed record ResourceAttributes(string Group, string Resource, string Subresource, string Namespace, string Name)
{
    public override string ToString() => $"{Resource}{(Subresource.Length > 0 ? "/" + Subresource : "")} \"{Name}\"{(Namespace.Length > 0 ? $" in namespace {Namespace}" : "")}";
}
