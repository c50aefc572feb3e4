using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace KubeLens.Gateway.Capture.Connections;

/// <summary>
/// Counts the connections that end without a request, by reason: a call has its record, and these would leave no trace.
/// It stands before TLS, and gives each connection what its calls will say of it.
/// </summary>
internal static class ConnectionWatch
{
    private const string TlsHandshake = "tls_handshake";
    private const string Closed = "closed";

    public static void WatchConnections(this ListenOptions listen) => listen.Use(Watch);

    private static ConnectionDelegate Watch(ConnectionDelegate next) => async connection =>
    {
        var facts = new ConnectionFacts();
        connection.Features.Set(facts);
        connection.Features.Set(new ClientConnection());
        if (connection.Features.Get<IConnectionHeartbeatFeature>() is { } heartbeat)
        {
            connection.Features.Set<IConnectionHeartbeatFeature>(new HttpStart(heartbeat, facts));
        }

        try
        {
            await next(connection);
        }
        finally
        {
            if (!facts.HasRequest)
            {
                CaptureMetrics.EndedWithoutRequest(facts.Problem ?? (facts.SpokeTls ? Closed : TlsHandshake));
            }
        }
    };

    /// <summary>The server's HTTP side, which begins after the handshake, asks for the heartbeat first of all; nothing else tells from outside of TLS.</summary>
    private sealed class HttpStart(IConnectionHeartbeatFeature inner, ConnectionFacts facts) : IConnectionHeartbeatFeature
    {
        public void OnHeartbeat(Action<object> action, object state)
        {
            facts.SpokeTls = true;
            inner.OnHeartbeat(action, state);
        }
    }
}
