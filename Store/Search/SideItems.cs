using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Packing;

namespace KubeLens.Store.Search;

/// <summary>Connections and timings as the API tells them.</summary>
internal static class SideItems
{
    public static ConnectionItem Of(StoredCall stored) => new(
        Side(stored.Client ?? new StoredSide { Protocol = stored.ProtocolVersion, TlsVersion = stored.TlsVersion }),
        stored.Upstream is { } upstream ? Side(upstream) : null);

    /// <param name="upstreamUs">Below zero when it is not known.</param>
    public static TimingsItem Timings(StoredCall stored, long upstreamUs) => new(
        stored.HasConnectUs ? Milliseconds(stored.ConnectUs) : null,
        stored.HasTlsUs ? Milliseconds(stored.TlsUs) : null,
        stored.HasFirstByteUs ? Milliseconds(stored.FirstByteUs) : null,
        upstreamUs >= 0 ? Milliseconds(upstreamUs) : null);

    private static SideItem Side(StoredSide side) => new()
    {
        Protocol = side.Protocol,
        TlsVersion = side.TlsVersion,
        Cipher = side.Cipher,
        Alpn = side.Alpn,
        ServerName = side.ServerName,
        Address = side.Address,
        Port = side.Port > 0 ? side.Port : null,
        CertificateSubject = side.CertificateSubject,
        CertificateIssuer = side.CertificateIssuer,
        CertificateSha256 = side.CertificateSha256,
        Trust = JsonNamingPolicy.CamelCase.ConvertName(((CallTrust)side.Trust).ToString()),
        Request = side.Request > 0 ? side.Request : null,
    };

    private static double Milliseconds(long microseconds) => microseconds / CallItems.MicrosecondsPerMillisecond;
}
