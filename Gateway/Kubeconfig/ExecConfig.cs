namespace KubeLens.Gateway.Kubeconfig;

/// <summary>A program that prints a credential (<c>client.authentication.k8s.io</c> v1 or v1beta1).</summary>
internal sealed record ExecConfig
{
    public const string V1 = "client.authentication.k8s.io/v1";
    public const string V1Beta1 = "client.authentication.k8s.io/v1beta1";

    public required string ApiVersion { get; init; }

    /// <summary>An absolute path, or a bare name that is looked for on PATH.</summary>
    public required string Command { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Shown when the command is not installed.</summary>
    public string InstallHint { get; init; } = "";

    public bool ProvideClusterInfo { get; init; }
}
