using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Redact.Rules;

namespace KubeLens.Gateway.Redact;

/// <summary>Makes headers storable. Runs on the hot path.</summary>
internal static class HeaderRedactor
{
    /// <summary>Stands for a value that is not kept.</summary>
    public const string Redacted = "<redacted>";

    /// <summary>A header list is kept up to these; the rest is left out.</summary>
    public const int MaxHeaders = 128, MaxValues = 64, MaxValueLength = 8_192, MaxTotalLength = 65_536;

    private const string TokenProtocol = "base64url.bearer.authorization.k8s.io.";

    /// <summary>Schemes whose name is no secret; anything else before the first space may be a part of one.</summary>
    private static readonly string[] Schemes = ["Bearer", "Basic", "Digest", "Negotiate", "NTLM", "AWS4-HMAC-SHA256"];

    /// <summary>Names in lower case; values in their order, credentials replaced, and what the operator's rules name.</summary>
    public static IReadOnlyList<CallHeader> Redact(IHeaderDictionary headers, CallRules? rules = null, SecretNames? names = null)
    {
        var result = new List<CallHeader>(Math.Min(headers.Count, MaxHeaders));
        var total = 0;
        foreach (var (key, values) in headers)
        {
            if (result.Count == MaxHeaders)
            {
                break;
            }

            var name = HeaderNames.ToLower(key);
            var policy = rules?.RedactsHeader(name) == true ? HeaderPolicy.Replace : HeaderPolicies.Of(name);
            var kept = new string[Math.Min(values.Count, MaxValues)];
            total += name.Length;
            for (var i = 0; i < kept.Length; i++)
            {
                kept[i] = Cap(Value(policy, values[i] ?? "", names));
                total += kept[i].Length;
            }

            if (total > MaxTotalLength)
            {
                break;
            }

            result.Add(new CallHeader(name, kept));
        }

        return result;
    }

    private static string Value(HeaderPolicy policy, string value, SecretNames? names) => policy switch
    {
        HeaderPolicy.Replace => Redacted,
        HeaderPolicy.KeepScheme => Scheme(value),
        HeaderPolicy.Protocols => Protocols(value),
        HeaderPolicy.Target => Target(value, names),
        _ => LooksSecret(value) ? Redacted : value,
    };

    private static string Scheme(string value)
    {
        foreach (var scheme in Schemes)
        {
            if (value.Length > scheme.Length && value[scheme.Length] == ' ' && value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return $"{value.AsSpan(0, scheme.Length)} {Redacted}";
            }
        }

        return Redacted;
    }

    // v4.channel.k8s.io, base64url.bearer.authorization.k8s.io.<token>
    private static string Protocols(string value)
    {
        if (!value.Contains("authorization", StringComparison.OrdinalIgnoreCase))
        {
            return LooksSecret(value) ? Redacted : value;
        }

        var protocols = value.Split(',', StringSplitOptions.TrimEntries);
        for (var i = 0; i < protocols.Length; i++)
        {
            if (protocols[i].StartsWith(TokenProtocol, StringComparison.OrdinalIgnoreCase))
            {
                protocols[i] = TokenProtocol + Redacted;
            }
            else if (protocols[i].Contains("authorization", StringComparison.OrdinalIgnoreCase) || LooksSecret(protocols[i]))
            {
                protocols[i] = Redacted;
            }
        }

        return string.Join(", ", protocols);
    }

    private static string Target(string value, SecretNames? names)
    {
        if (LooksSecret(value))
        {
            return Redacted;
        }

        var question = value.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? value : string.Concat(value.AsSpan(0, question + 1), TargetRedactor.Redact(value[question..], names).Query);
    }

    private static string Cap(string value) => value.Length <= MaxValueLength ? value : value[..MaxValueLength];

    private static bool LooksSecret(string value)
    {
        const int OnStack = 512;
        if (value.Length < 8)
        {
            return false;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var utf8 = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        return CredentialText.Contains(utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
    }
}
