using System.Net;
using System.Text;

namespace KubeLens.Gateway.Upstream;

/// <summary>
/// Sends every <c>Impersonate-Group</c>, <c>Impersonate-Extra-*</c> and their <c>X-Remote-*</c> likes as a line of its own. <see cref="SocketsHttpHandler"/>
/// joins the values of a header with commas, and an apiserver would take "a, b" for one group of that name. The values
/// are joined with a mark instead, which <see cref="RepeatedHeaderEncoding"/> writes as a line break; HTTP/2 has no lines,
/// so these few requests go over HTTP/1.1.
/// </summary>
internal sealed class RepeatedHeaderHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Impersonate = "Impersonate-";
    private const string Remote = "X-Remote-";
    private static readonly HttpRequestOptionsKey<bool> Marked = new("kubelens.repeated-headers");

    public static Encoding EncodingFor(string name, HttpRequestMessage request) =>
        request.Options.TryGetValue(Marked, out _) && NamesIdentity(name) ? new RepeatedHeaderEncoding(name) : Encoding.UTF8;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // An apiserver refuses the others without the user, so that looking for it alone keeps other calls cheap.
        if (request.Headers.NonValidated.Contains("Impersonate-User") || request.Headers.NonValidated.Contains("X-Remote-User"))
        {
            Mark(request);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private static void Mark(HttpRequestMessage request)
    {
        var repeated = request.Headers.NonValidated.Where(header => header.Value.Count > 1 && NamesIdentity(header.Key)).ToList();
        if (repeated.Count == 0)
        {
            return;
        }

        foreach (var (name, values) in repeated)
        {
            var joined = string.Join(RepeatedHeaderEncoding.Mark, values);
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, joined);
        }

        request.Options.Set(Marked, true);
        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
    }

    private static bool NamesIdentity(string name) =>
        name.StartsWith(Impersonate, StringComparison.OrdinalIgnoreCase) || name.StartsWith(Remote, StringComparison.OrdinalIgnoreCase);
}
