using System.Buffers;
using System.Globalization;
using System.Text;
using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Upstream;

/// <summary>Whom to act as, as <c>Impersonate-*</c> headers: the <c>as</c> fields of a kubeconfig, or a caller.</summary>
/// <param name="source">As <see cref="UserSources"/>.</param>
internal sealed class ImpersonationHeaders(Impersonation impersonation, string source = UserSources.Kubeconfig)
{
    // RFC 9110 tchar without %, which escapes.
    private static readonly SearchValues<byte> Plain = SearchValues.Create("!#$&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private readonly List<KeyValuePair<string, string>> _headers = [.. Headers(impersonation)];

    public UpstreamIdentity Identity { get; } = new(impersonation.User, UserGroups.Impersonated(impersonation.User, impersonation.Groups), source);

    public void Apply(HttpRequestMessage request)
    {
        foreach (var (name, value) in _headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    /// <summary>Percent-encodes what a header name cannot hold, as the apiserver decodes it.</summary>
    public static string EscapeKey(string key)
    {
        var text = new StringBuilder(key.Length);
        foreach (var one in Encoding.UTF8.GetBytes(key))
        {
            if (Plain.Contains(one))
            {
                text.Append((char)one);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(Impersonation impersonation)
    {
        yield return new("Impersonate-User", impersonation.User);
        if (impersonation.Uid.Length > 0)
        {
            yield return new("Impersonate-Uid", impersonation.Uid);
        }

        foreach (var group in impersonation.Groups)
        {
            yield return new("Impersonate-Group", group);
        }

        foreach (var (key, values) in impersonation.Extra)
        {
            foreach (var value in values)
            {
                yield return new("Impersonate-Extra-" + EscapeKey(key), value);
            }
        }
    }
}
