using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Redact.Json;

/// <summary>What the request's resource says of objects that do not name their kind; later ones are more sensitive.</summary>
internal enum Sensitivity
{
    /// <summary>A resource that holds no secrets of itself.</summary>
    Plain,

    /// <summary>Not known: <c>data</c> is redacted until a kind says otherwise.</summary>
    Unknown,

    /// <summary>As <see cref="KindMarks.Secretish"/>.</summary>
    Secretish,

    /// <summary>As <see cref="KindMarks.Strict"/>.</summary>
    Strict,
}

internal static class SensitivityOf
{
    public static Sensitivity Body(RequestInfo info, string method, bool isRequest)
    {
        // The body of a DELETE is DeleteOptions, whatever is deleted.
        if (!info.IsResourceRequest || info.Resource.Length == 0 || (isRequest && method == "DELETE"))
        {
            return Sensitivity.Unknown;
        }

        if (info.Resource.Equals("secrets", StringComparison.OrdinalIgnoreCase) || info.Resource.Equals("configmaps", StringComparison.OrdinalIgnoreCase))
        {
            return Sensitivity.Strict;
        }

        return info.Resource.Contains("secret", StringComparison.OrdinalIgnoreCase) || info.Resource.Contains("configmap", StringComparison.OrdinalIgnoreCase) ? Sensitivity.Secretish : Sensitivity.Plain;
    }
}
