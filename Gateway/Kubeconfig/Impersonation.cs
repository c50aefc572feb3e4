namespace KubeLens.Gateway.Kubeconfig;

/// <summary>The <c>as</c> fields: whom the kubeconfig's owner wants to act as on every call.</summary>
internal sealed record Impersonation(string User, string Uid, IReadOnlyList<string> Groups, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Extra);
