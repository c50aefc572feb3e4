using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Kubeconfig;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Connect;

/// <summary>
/// Issues a kubeconfig to a caller for itself: its own name and groups, and never longer than the credential that it came
/// with, so that nobody renews itself for ever.
/// </summary>
internal sealed class SelfService(GatewayPki pki, IOptions<EndpointOptions> endpoint, TimeProvider clock, ILogger<SelfService> logger)
{
    private const string AuthenticatedGroup = "system:authenticated";
    private const int MaxCounting = 32;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    /// <param name="server">The address that the caller used.</param>
    /// <param name="ttl">As <see cref="TimeToLive"/>; empty for the longest.</param>
    public SelfServiceAnswer Issue(Caller caller, KubeconfigContext upstream, string server, string ttl)
    {
        var now = clock.GetUtcNow();
        if ((ttl.Length == 0 ? Longest : TimeToLive.Parse(ttl)) is not { } asked)
        {
            return SelfServiceAnswer.Refused(StatusCodes.Status400BadRequest, "BadRequest", $"ttl is \"{ttl}\": give {TimeToLive.Shape}");
        }

        if (pki.Issued.Read().Count(entry => entry.User == caller.Name && entry.RevokedAt is null && entry.NotAfter > now) >= MaxCounting)
        {
            return SelfServiceAnswer.Refused(StatusCodes.Status429TooManyRequests, "TooManyRequests", $"\"{caller.Name}\" has {MaxCounting} certificates that still count: use one of them, or have some revoked");
        }

        // The cluster gives this one to everybody; a certificate need not, and may not, say it.
        IReadOnlyList<string> groups = [.. caller.Groups.Where(group => group != AuthenticatedGroup)];
        try
        {
            var issued = pki.IssueClient(caller.Name, groups, Shortest(asked, Longest, caller.NotAfter - now), $"{caller.Name} (self, by {caller.Source})");
            return SelfServiceAnswer.Issued(KubeconfigWriter.Compose($"Issued by the KubeLens gateway to {caller.Name}, until {issued.Entry.NotAfter:u}. Calls made with it are recorded.", pki.Current.AuthorityPem, issued, new KubeconfigEntry(upstream.Name, server, upstream.Namespace, endpoint.Value.TlsServerName)));
        }
        catch (ArgumentException e)
        {
            return SelfServiceAnswer.Refused(StatusCodes.Status403Forbidden, "Forbidden", e.Message);
        }
        catch (GatewayPkiException e)
        {
            logger.NothingIssued(caller.Name, e.Message);
            return SelfServiceAnswer.Refused(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", "no certificate could be issued; the gateway's log says why");
        }
    }

    private static TimeSpan Shortest(params ReadOnlySpan<TimeSpan> spans)
    {
        var shortest = TimeSpan.MaxValue;
        foreach (var span in spans)
        {
            shortest = span < shortest ? span : shortest;
        }

        return shortest;
    }
}
