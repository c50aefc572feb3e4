using System.Buffers;
using KubeLens.Gateway.Normalize;
using Microsoft.Extensions.Primitives;

namespace KubeLens.Gateway.Proxy;

/// <summary>
/// Which requests an apiserver answers over HTTP/1.1 only. Over HTTP/2 it resets the stream of a target that it cannot read,
/// and looks at no <c>Expect</c>: the client would get another answer than directly.
/// </summary>
internal static class WireVersion
{
    private const string Continue = "100-continue";

    // An apiserver's limit. What is beyond it is answered with 413 while it still comes in, and over HTTP/2 the stream is then
    // reset, which may overtake the answer on its way to us. A proxied service may take more, and echo it.
    private const int LargestObject = 3 * 1024 * 1024;
    private const string Proxied = "proxy";

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    public static bool IsHttp1(HttpRequest request, RequestInfo info, ReadOnlySpan<char> rawTarget) =>
        HasBadEscape(rawTarget) || IsOdd(request.Headers.Expect) || (request.ContentLength > LargestObject && info.IsResourceRequest && info.Subresource != Proxied);

    // Go reads the escapes of the path, and leaves those of the query alone: "/a%zz", "/a%2".
    private static bool HasBadEscape(ReadOnlySpan<char> target)
    {
        var query = target.IndexOf('?');
        var path = query < 0 ? target : target[..query];
        for (int at; (at = path.IndexOf('%')) >= 0; path = path[(at + 3)..])
        {
            if (at + 3 > path.Length || path.Slice(at + 1, 2).ContainsAnyExcept(Hexadecimal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOdd(StringValues expect) => expect.Count > 0 && !expect.ToString().Equals(Continue, StringComparison.OrdinalIgnoreCase);
}
