using System.Net;

namespace KubeLens.Gateway.ForwardProxy;

/// <summary>Event ids 1150 to 1199.</summary>
internal static partial class ForwardProxyLog
{
    [LoggerMessage(1150, LogLevel.Debug, "Forward proxy: refused {Client} with {Status}: {Problem}")]
    public static partial void Refused(this ILogger logger, EndPoint? client, int status, string problem);

    [LoggerMessage(1151, LogLevel.Information, "Forward proxy at http://127.0.0.1:{Port}: its clients must trust {Authority} for [{Hosts}]")]
    public static partial void Listening(this ILogger logger, int port, string authority, string hosts);

    [LoggerMessage(1152, LogLevel.Warning, "Gateway:ProxyPort is set, but with {Key}=credential nothing counts but what the gateway issued: clients' original credentials get 401. Set it to passthrough for tokens, or to impersonate with Identity:ClientCaFile for certificates")]
    public static partial void OriginalCredentialsDoNotCount(this ILogger logger, string key);
}
