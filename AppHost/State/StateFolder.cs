using KubeLens.AppHost.Linux;

namespace KubeLens.AppHost.State;

/// <summary>What lies where in <c>$KUBELENS_HOME</c>. Everything in it is private to the user.</summary>
internal sealed class StateFolder(string home)
{
    public string Home { get; } = home;

    /// <summary>Issued by the Gateway: points at it, trusts its CA, carries a credential.</summary>
    public string Kubeconfig => In("kubeconfig");

    /// <summary>The auditor's token for the Store's API.</summary>
    public string ApiToken => In("api-token");

    /// <summary>What the services show one another.</summary>
    public string ServiceToken => In("service-token");

    /// <summary>Signs the Store's session tokens.</summary>
    public string StoreKey => In("store-key");

    /// <summary>One file for each unused login code.</summary>
    public string Login => In("login");

    /// <summary>One file for each token with which an apiserver posts its audit events.</summary>
    public string AuditTokens => In("audit-tokens");

    /// <summary>The authority of the gateway's certificate, which callers trust.</summary>
    public string Authority => Path.Combine(In("pki"), "ca.crt");

    public string Spool => In("spool");

    public string PortalKeys => In("portal-keys");

    /// <summary>The demo cluster's own: its authority, its kubeconfigs, how far its history was played.</summary>
    public string Demo => In("demo");

    /// <summary>Where the demo cluster writes the credential for the gateway.</summary>
    public string DemoKubeconfig => Path.Combine(Demo, "gateway.kubeconfig");

    public string Postgres => In("postgres");

    public string PostgresNpm => In("postgres-npm");

    /// <summary>The Aspire dashboard, fetched once, and what it keeps of its own.</summary>
    public string Dashboard => In("dashboard");

    /// <summary>
    /// Whether the folder holds something that is not ours. Its modes are about to be changed, so nobody's home or <c>/tmp</c>
    /// may become a state folder by a slip.
    /// </summary>
    public static bool IsForeign(string home) =>
        Directory.Exists(home) && !File.Exists(HomeLock.LockFile(home)) && Directory.EnumerateFileSystemEntries(home).Any();

    /// <summary>Makes the folders that are missing, and the secrets, which are kept over restarts.</summary>
    public void Create()
    {
        foreach (var folder in new[] { In("pki"), Spool, Login, PortalKeys })
        {
            PrivatePath.CreateFolder(folder);
        }

        foreach (var secret in new[] { ApiToken, ServiceToken, StoreKey })
        {
            _ = SecretFile.ReadOrCreate(secret);
        }
    }

    private string In(string name) => Path.Combine(Home, name);
}
