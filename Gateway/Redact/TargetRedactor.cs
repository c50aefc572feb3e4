using System.Text;
using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Redact;

/// <summary>
/// Makes a request target storable: <c>/api/v1/pods?token=abc&amp;watch=1</c> → <c>/api/v1/pods</c> and <c>token=&lt;redacted&gt;&amp;watch=1</c>.
/// Escapes stay as sent. Runs on the hot path.
/// </summary>
internal static class TargetRedactor
{
    /// <summary>What is kept of a path or a query.</summary>
    public const int MaxLength = 16_384;

    /// <param name="rawTarget">As sent.</param>
    /// <param name="names">Which parameters are secret by their name; null for those that are by default.</param>
    public static (string Path, string Query) Redact(string rawTarget, SecretNames? names = null)
    {
        PathText.Split(rawTarget, out var path, out var query);
        var keptPath = path.Length == rawTarget.Length ? rawTarget : path.ToString();
        if (path.IndexOf("eyJ", StringComparison.Ordinal) >= 0 || path.Contains('%') || path.IndexOf("://", StringComparison.Ordinal) >= 0)
        {
            keptPath = Path(keptPath);
        }

        return (Cap(keptPath), query.IsEmpty ? "" : Cap(Query(query, names ?? SecretNames.Default)));
    }

    private static string Path(string path)
    {
        if (!Looks(path))
        {
            return path;
        }

        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = Looks(segments[i]) ? HeaderRedactor.Redacted : segments[i];
        }

        // What only the segments together give away (a URL with a password) goes as a whole.
        var joined = string.Join('/', segments);
        return Looks(joined) ? HeaderRedactor.Redacted : joined;
    }

    private static string Query(ReadOnlySpan<char> query, SecretNames names)
    {
        StringBuilder? changed = null;
        var rest = query;
        var secretFollows = false;
        while (true)
        {
            var end = rest.IndexOf('&');
            var pair = end < 0 ? rest : rest[..end];
            var equals = pair.IndexOf('=');
            var value = equals < 0 ? default : pair[(equals + 1)..];
            var key = equals < 0 ? pair : pair[..equals];
            var redact = IsSecret(names, key, value, ref secretFollows);
            if (redact && changed is null)
            {
                changed = new StringBuilder(query.Length);
                changed.Append(query[..(query.Length - rest.Length)]);
            }

            changed?.Append(redact ? key : pair);
            if (redact)
            {
                changed!.Append('=').Append(HeaderRedactor.Redacted);
            }

            if (end < 0)
            {
                return changed?.ToString() ?? query.ToString();
            }

            changed?.Append('&');
            rest = rest[(end + 1)..];
        }
    }

    private static bool IsSecret(SecretNames names, ReadOnlySpan<char> key, ReadOnlySpan<char> value, ref bool secretFollows)
    {
        if (value.IsEmpty)
        {
            return false;
        }

        // What most calls send: no secret by its name.
        if (key is "watch" or "resourceVersion" or "timeoutSeconds" or "timeout" or "limit" or "allowWatchBookmarks" or "fieldManager" or "resourceVersionMatch" or "sendInitialEvents" or "continue" or "dryRun" or "fieldValidation")
        {
            return Looks(value);
        }

        Span<byte> buffer = stackalloc byte[1_024];
        var name = Utf8(key, buffer);
        var isOverlong = name.IsEmpty && !key.IsEmpty;
        if (isOverlong || names.IsSecretVariable(name) || Looks(value))
        {
            return true;
        }

        // kubectl exec sends its command as command=mysql&command=--password&command=x.
        var follows = secretFollows;
        secretFollows = false;
        if (key is not "command")
        {
            return false;
        }

        var text = Utf8(value, buffer);
        var equals = text.IndexOf((byte)'=');
        if (equals > 0 && names.IsSecretFlag(text[..equals]))
        {
            return true;
        }

        secretFollows = equals < 0 && !text.IsEmpty && text[0] == '-' && names.IsSecretFlag(text);
        return follows;
    }

    private static bool Looks(ReadOnlySpan<char> raw)
    {
        if (raw.Length < 8)
        {
            return false;
        }

        const int OnStack = 1_024;
        var most = Encoding.UTF8.GetMaxByteCount(raw.Length);
        var buffer = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        return CredentialText.Contains(Utf8(raw, buffer));
    }

    // Percent-decoded, or as sent where that fails; empty when it does not fit.
    private static ReadOnlySpan<byte> Utf8(ReadOnlySpan<char> raw, Span<byte> buffer)
    {
        if (raw.IndexOfAny('%', '+') >= 0 && PathText.TryDecode(raw, plusIsSpace: true, out var decoded))
        {
            return Encoding.UTF8.TryGetBytes(decoded, buffer, out var length) ? buffer[..length] : default;
        }

        return Encoding.UTF8.TryGetBytes(raw, buffer, out var written) ? buffer[..written] : default;
    }

    private static string Cap(string text) => text.Length <= MaxLength ? text : text[..MaxLength];
}
