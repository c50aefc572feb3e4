using KubeLens.Contracts.Calls;

namespace KubeLens.Store.Packing;

/// <summary>A call's connections and timings in the form in which they are stored.</summary>
internal static class StoredSides
{
    public static StoredSide Of(CallSide side, long request) => new()
    {
        Protocol = side.Protocol,
        TlsVersion = side.TlsVersion,
        Cipher = side.Cipher,
        Alpn = side.Alpn,
        ServerName = side.ServerName,
        Address = side.Address,
        Port = side.Port,
        CertificateSubject = side.CertificateSubject,
        CertificateIssuer = side.CertificateIssuer,
        CertificateSha256 = side.CertificateSha256,
        Trust = (int)side.Trust,
        Request = request,
    };

    /// <summary>All but the upstream's part, which is a column.</summary>
    public static void Keep(CallTimings timings, StoredCall stored)
    {
        if (timings.ConnectUs is { } connect)
        {
            stored.ConnectUs = connect;
        }

        if (timings.TlsUs is { } tls)
        {
            stored.TlsUs = tls;
        }

        if (timings.FirstByteUs is { } firstByte)
        {
            stored.FirstByteUs = firstByte;
        }
    }
}
