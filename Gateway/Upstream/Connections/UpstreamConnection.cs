using System.Buffers;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;

namespace KubeLens.Gateway.Upstream.Connections;

/// <summary>One connection to an upstream. Its facts are written down once, in the form in which every call's record takes them.</summary>
/// <param name="opener">The call that had it opened; null when no call did.</param>
internal sealed class UpstreamConnection(UpstreamUse? opener)
{
    private long _requests;

    public UpstreamUse? Opener => opener;

    /// <summary>Name lookup and TCP handshake, in microseconds.</summary>
    public long? ConnectUs { get; init; }

    /// <summary>TLS handshake, in microseconds.</summary>
    public long? TlsUs { get; private set; }

    /// <summary>When TCP was connected.</summary>
    public long? ConnectedAt { get; init; }

    public string Address { get; init; } = "";
    public int Port { get; init; }

    /// <summary>The facts as attributes of a record.</summary>
    public ReadOnlyMemory<byte> Written { get; private set; }

    /// <summary>Once, before the first request.</summary>
    public void Describe(CallSide side, bool tls)
    {
        if (tls && opener is not null && ConnectedAt is { } connected)
        {
            TlsUs = opener.Microseconds(connected, opener.Now);
        }

        var output = new ArrayBufferWriter<byte>(1024);
        CallLogWriter.WriteUpstream(side with { Address = Address, Port = Port }, output);
        Written = output.WrittenMemory;
    }

    /// <summary>Which request of the connection this one is.</summary>
    public long Count() => Interlocked.Increment(ref _requests);
}
