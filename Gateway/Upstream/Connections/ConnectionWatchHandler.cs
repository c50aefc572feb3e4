namespace KubeLens.Gateway.Upstream.Connections;

/// <summary>Fills in a request's <see cref="UpstreamUse"/>; requests without one pass.</summary>
internal sealed class ConnectionWatchHandler(UpstreamConnections connections, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Options.TryGetValue(UpstreamUse.Key, out var use) ? WatchAsync(use, request, cancellationToken) : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> WatchAsync(UpstreamUse use, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var watch = ConnectionLink.Watch();
        use.Sending();
        var response = await base.SendAsync(request, cancellationToken);
        use.Answered(connections.Find(watch, response.Version), response.Version, (int)response.StatusCode);
        return response;
    }
}
