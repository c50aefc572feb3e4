using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Identity;

/// <summary>
/// Judges a client's certificate once, in the handshake, and leaves the verdict on the connection. A bad one does not end
/// the handshake: the caller gets a 401 that says why, instead of a broken connection.
/// </summary>
internal static class CallerCertificate
{
    /// <param name="errors">The outcome of building the chain against the gateway's client authority.</param>
    public static void Judge(IFeatureCollection connection, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        connection.Set<ICallerFeature>(null);
        connection.Set<RejectedCertificate>(null);
        if (certificate is not X509Certificate2 shown)
        {
            return;
        }

        if (errors == SslPolicyErrors.None && Caller.Of(shown) is { Name.Length: > 0 } caller)
        {
            connection.Set<ICallerFeature>(caller);
            return;
        }

        connection.Set(new RejectedCertificate(Problem(chain?.ChainStatus ?? [])));
    }

    private static string Problem(X509ChainStatus[] statuses)
    {
        var flags = statuses.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        return flags switch
        {
            X509ChainStatusFlags.NoError => "the client certificate names nobody",
            _ when (flags & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.NotSignatureValid)) != 0 => "the client certificate was not issued by this gateway",
            _ when flags.HasFlag(X509ChainStatusFlags.NotTimeValid) => "the client certificate has expired or is not valid yet",
            _ when flags.HasFlag(X509ChainStatusFlags.NotValidForUsage) => "the certificate is not one for clients",
            _ => $"the client certificate is not valid ({flags})",
        };
    }
}
