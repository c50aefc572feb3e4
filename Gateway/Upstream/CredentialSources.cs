using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Upstream;

/// <summary>Chooses the source for a user: a token in the kubeconfig wins over an exec plugin, as in client-go.</summary>
internal sealed class CredentialSources(TimeProvider clock, ILoggerFactory loggers)
{
    public ICredentialSource For(KubeconfigContext context, TimeSpan execTimeout)
    {
        var user = context.User;
        if (user.TokenFile.Length > 0)
        {
            return new TokenFileSource(user, clock, loggers.CreateLogger<TokenFileSource>());
        }

        return user is { Exec: { } exec, Token.Length: 0, Username.Length: 0 }
            ? new ExecCredentialSource(new ExecPlugin(user, exec, context.Cluster, execTimeout, clock).RunAsync, clock, loggers.CreateLogger<ExecCredentialSource>())
            : new FixedCredentialSource(user);
    }
}
