using System.Globalization;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Normalize;

/// <summary>Reads what a request asked for from its query and, of a patch, its media type. Of a repeated option the first value counts.</summary>
internal static class RequestOptionsReader
{
    /// <summary>Of the texts; the apiserver takes no field manager above 128 characters.</summary>
    private const int MaxLength = 256;

    /// <summary>Never throws.</summary>
    /// <param name="info">Of the request.</param>
    /// <param name="method">As sent.</param>
    /// <param name="rawTarget">Escapes kept.</param>
    /// <param name="contentType">Of the request; empty when absent.</param>
    public static CallOptions Read(RequestInfo info, string method, string rawTarget, string contentType)
    {
        PathText.Split(rawTarget, out _, out var query);
        var patch = method == "PATCH" ? PatchTypeOf(contentType) : "";
        if (!info.IsResourceRequest || (query.IsEmpty && patch.Length == 0))
        {
            return CallOptions.None;
        }

        string? manager = null, dryRun = null, version = null, match = null, limit = null, next = null, propagation = null;
        var options = new QueryOptions(query);
        while (options.Next())
        {
            switch (options.Key)
            {
                case "fieldManager": options.Take(ref manager); break;
                case "dryRun": options.Take(ref dryRun); break;
                case "resourceVersion": options.Take(ref version); break;
                case "resourceVersionMatch": options.Take(ref match); break;
                case "limit": options.Take(ref limit); break;
                case "continue": options.Take(ref next); break;
                case "propagationPolicy": options.Take(ref propagation); break;
            }
        }

        return new CallOptions
        {
            FieldManager = Kept(manager),
            DryRun = !string.IsNullOrEmpty(dryRun),
            PatchType = patch,
            ResourceVersion = Kept(version),
            ResourceVersionMatch = Kept(match),
            Limit = long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? most : null,
            Continued = !string.IsNullOrEmpty(next),
            Propagation = Kept(propagation),
        };
    }

    private static string PatchTypeOf(string contentType)
    {
        var end = contentType.AsSpan().IndexOfAny(';', ',');
        var type = (end < 0 ? contentType : contentType.AsSpan(0, end)).Trim();
        return Is(type, "application/json-patch+json") ? "json"
            : Is(type, "application/merge-patch+json") ? "merge"
            : Is(type, "application/strategic-merge-patch+json") ? "strategic"
            : Is(type, "application/apply-patch+yaml") || Is(type, "application/apply-patch+cbor") ? "apply"
            : "";
    }

    private static bool Is(ReadOnlySpan<char> type, string other) => type.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static string Kept(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        return CredentialText.Contains(text) ? HeaderRedactor.Redacted : text.Length <= MaxLength ? text : text[..MaxLength];
    }
}
