using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Bench.Upstream;

namespace KubeLens.Bench.Load;

/// <summary>
/// A closed loop: every stream sends its next request when it has read the last answer. Four requests read the object, the fifth
/// writes it. The same for all peers; wrk and h2load cannot present the client certificate that the gateway wants.
/// </summary>
internal sealed class Loader : IDisposable
{
    private readonly LoadShape _shape;
    private readonly Uri _target;
    private readonly TimeProvider _time;
    private readonly List<HttpMessageInvoker> _connections;

    public Loader(LoadShape shape, Endpoint endpoint, TimeProvider time)
    {
        _shape = shape;
        _target = new Uri(endpoint.Address, ConfigMap.Path);
        _time = time;
        _connections = [.. Enumerable.Range(0, shape.Connections).Select(_ => new HttpMessageInvoker(Connection(endpoint, connections: 1)))];
    }

    /// <summary>One request on every connection: the handshakes are not measured.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        foreach (var connection in _connections)
        {
            await SendAsync(connection, HttpMethod.Get, cancellationToken);
        }
    }

    public async Task<LoadResult> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var streams = _connections.SelectMany(connection => Enumerable.Range(0, _shape.Streams).Select(_ => Task.Run(() => StreamAsync(connection, started, duration, cancellationToken), cancellationToken)));
        var latencies = (await Task.WhenAll(streams)).SelectMany(list => list).Order().ToList();
        return new LoadResult(latencies.Count, _time.GetElapsedTime(started), latencies[latencies.Count / 2], latencies[(int)(latencies.Count * 0.99)]);
    }

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());

    private async Task<List<double>> StreamAsync(HttpMessageInvoker connection, long started, TimeSpan duration, CancellationToken cancellationToken)
    {
        var latencies = new List<double>(1024);
        while (_time.GetElapsedTime(started) < duration)
        {
            var sent = _time.GetTimestamp();
            await SendAsync(connection, latencies.Count % 5 == 4 ? HttpMethod.Put : HttpMethod.Get, cancellationToken);
            latencies.Add(_time.GetElapsedTime(sent).TotalMicroseconds);
        }

        return latencies;
    }

    private async Task SendAsync(HttpMessageInvoker connection, HttpMethod method, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, _target) { Version = _shape.Version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("User-Agent", "kubectl/v1.32.4 (linux/amd64) kubernetes/bench");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (method == HttpMethod.Put)
        {
            request.Content = new ByteArrayContent(ConfigMap.Json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        using var response = await connection.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK || !body.AsSpan().SequenceEqual(ConfigMap.Json))
        {
            throw new BenchException($"{method} {_target} answered {(int)response.StatusCode} with {body.Length} bytes, not the {ConfigMap.Json.Length} bytes of the upstream.");
        }
    }

    /// <summary>A handler with at most this many connections over HTTP/1.1; over HTTP/2 one, or as many as its streams need.</summary>
    internal static SocketsHttpHandler Connection(Endpoint endpoint, int connections) => new()
    {
        MaxConnectionsPerServer = connections,
        EnableMultipleHttp2Connections = connections > 1,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificates = endpoint.Client is null ? [] : [endpoint.Client],
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { endpoint.Authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };
}
