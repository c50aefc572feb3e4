using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace KubeLens.Gateway.Tests.Identity.Tokens.Oidc;

/// <summary>Signs tokens by hand, as an OpenID Connect issuer does and as an attacker would.</summary>
internal sealed class TestIssuer : IDisposable
{
    public const string Name = "https://issuer.example";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _id = Guid.NewGuid().ToString("n");

    /// <summary>The JSON Web Key Set.</summary>
    public string Keys()
    {
        var (rsa, ec) = (_rsa.ExportParameters(false), _ec.ExportParameters(false));
        return JsonSerializer.Serialize(new
        {
            keys = new object[]
            {
                new { kty = "RSA", kid = _id + "-rsa", use = "sig", n = Base64Url.EncodeToString(rsa.Modulus), e = Base64Url.EncodeToString(rsa.Exponent) },
                new { kty = "EC", kid = _id + "-ec", crv = "P-256", x = Base64Url.EncodeToString(ec.Q.X), y = Base64Url.EncodeToString(ec.Q.Y) },
            },
        });
    }

    public string Sign(string algorithm, Dictionary<string, object> claims)
    {
        var signed = Signed(new { alg = algorithm, typ = "JWT", kid = _id + (algorithm == "ES256" ? "-ec" : "-rsa") }, claims);
        var bytes = Encoding.ASCII.GetBytes(signed);
        return $"{signed}.{Base64Url.EncodeToString(algorithm switch
        {
            "ES256" => _ec.SignData(bytes, HashAlgorithmName.SHA256),
            "RS512" => _rsa.SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            _ => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        })}";
    }

    /// <summary>The classic confusion: an HMAC whose secret is what everybody knows.</summary>
    public string SignWithPublicKeyAsSecret(Dictionary<string, object> claims)
    {
        var signed = Signed(new { alg = "HS256", typ = "JWT", kid = _id + "-rsa" }, claims);
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Unsigned(Dictionary<string, object> claims, string algorithm) => Signed(new { alg = algorithm, typ = "JWT" }, claims) + ".";

    public void Dispose()
    {
        _rsa.Dispose();
        _ec.Dispose();
    }

    private static string Signed(object header, Dictionary<string, object> claims) =>
        $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(header))}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
}
