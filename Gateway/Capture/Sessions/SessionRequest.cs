using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Capture.Sessions;

/// <summary>
/// What an exec, attach or port-forward asks for: <c>/api/v1/namespaces/n/pods/p/exec?container=c&amp;command=sh&amp;command=-c&amp;tty=true</c>,
/// or a kubelet's <c>/exec/n/p/c?command=sh&amp;input=1</c> (kubernetes/kubernetes, pkg/kubelet/server/remotecommand/httpstream.go).
/// </summary>
internal static class SessionRequest
{
    private static readonly string[] Names = ["stdin", "stdout", "stderr"];
    private static readonly string[] KubeletNames = ["input", "output", "error"];

    /// <summary>Null for every other call.</summary>
    public static SessionKind? KindOf(RequestInfo info) => info switch
    {
        { Kubelet.Path: var path } => path.Split('/', 3) is ["", var first, _] ? Kind(first) : null,
        { Resource: "pods" } => Kind(info.Subresource),
        _ => null,
    };

    /// <param name="query">Already redacted.</param>
    public static CallSession Read(SessionKind kind, RequestInfo info, string query)
    {
        var isKubelet = info.Kubelet is not null;
        var parameters = Parameters(query).ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var names = isKubelet ? KubeletNames : Names;
        return new CallSession
        {
            Kind = Word(kind),
            Command = [.. parameters["command"]],
            Container = isKubelet ? ContainerOf(kind, info.Kubelet!.Path) : parameters["container"].FirstOrDefault() ?? "",
            IsTty = IsOn(parameters["tty"]),
            Streams = [.. Names.Where((_, i) => IsOn(parameters[names[i]]))],
            Ports = [.. parameters[isKubelet ? "port" : "ports"].SelectMany(ports => ports.Split(','))],
        };
    }

    private static SessionKind? Kind(string word) => word switch
    {
        "exec" => SessionKind.Exec,
        "attach" => SessionKind.Attach,
        "portforward" or "portForward" => SessionKind.PortForward,
        _ => null,
    };

    private static string Word(SessionKind kind) => kind switch
    {
        SessionKind.Exec => "exec",
        SessionKind.Attach => "attach",
        _ => "portforward",
    };

    // /exec/{ns}/{pod}[/{uid}]/{container}
    private static string ContainerOf(SessionKind kind, string path) =>
        kind != SessionKind.PortForward && path.Split('/') is { Length: >= 5 } parts ? parts[^1] : "";

    private static bool IsOn(IEnumerable<string> values) => values.FirstOrDefault() is { } value && value is not ("0" or "false" or "False" or "FALSE" or "f" or "F");

    private static IEnumerable<(string Key, string Value)> Parameters(string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? (Plain(pair), "") : (Plain(pair[..equals]), Plain(pair[(equals + 1)..]));
        }
    }

    private static string Plain(string text) => PathText.TryDecode(text, plusIsSpace: true, out var decoded) ? decoded : text;
}
