using System.Security.Cryptography;

namespace KubeLens.DemoCluster.OpenApi;

/// <summary>A document ready to send.</summary>
internal sealed record OpenApiAnswer(byte[] Body, string ContentType)
{
    /// <summary>Changes with the content and with nothing else.</summary>
    public string Hash { get; } = Convert.ToHexString(SHA512.HashData(Body));
}
