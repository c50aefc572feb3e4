namespace KubeLens.Gateway.Kubeconfig;

/// <summary>A <c>users</c> entry of a kubeconfig.</summary>
internal sealed record KubeconfigUser
{
    public required string Name { get; init; }
    public ClientCertificate? Certificate { get; init; }
    public string Token { get; init; } = "";

    /// <summary>Absolute path; what it holds wins over <see cref="Token"/> and may rotate.</summary>
    public string TokenFile { get; init; } = "";

    public string Username { get; init; } = "";
    public string Password { get; init; } = "";
    public ExecConfig? Exec { get; init; }
    public Impersonation? Impersonation { get; init; }
}
