using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Search;

/// <summary>A part of a call's latency.</summary>
/// <param name="Name">What happened in it.</param>
/// <param name="Css">Its class in the bar.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record CallPhase(string Name, string Css, double Milliseconds)
{
    /// <summary>The phases in their order; together they are the latency. None when the API server did not answer.</summary>
    public static IReadOnlyList<CallPhase> Of(CallDetails call)
    {
        var (timings, total) = (call.Timings, call.LatencyMs);
        if (timings.UpstreamMs is not { } upstream)
        {
            return [];
        }

        var (connect, tls) = (timings.ConnectMs ?? 0, timings.TlsMs ?? 0);
        var gateway = Math.Max(0, total - upstream - connect - tls);
        var firstByte = Math.Min(timings.FirstByteMs ?? total, total);
        List<CallPhase> phases = [new("In the gateway", "gateway", gateway)];
        if (timings.ConnectMs is not null)
        {
            phases.Add(new("Connecting", "connect", connect));
        }

        if (timings.TlsMs is not null)
        {
            phases.Add(new("TLS handshake", "tls", tls));
        }

        phases.Add(new("Waiting for the first byte", "wait", Math.Max(0, firstByte - gateway - connect - tls)));
        if (timings.FirstByteMs is not null)
        {
            phases.Add(new("Receiving the body", "receive", total - firstByte));
        }

        return phases;
    }
}
