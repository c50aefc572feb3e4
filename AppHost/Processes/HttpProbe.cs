using System.Net.Security;

namespace KubeLens.AppHost.Processes;

/// <summary>Ready is a 2xx answer on loopback.</summary>
internal sealed class HttpProbe(Uri address) : IReadyProbe
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        // The Gateway's certificate is of its own CA, made while we wait for it. Nothing is sent and only a status is read,
        // over loopback: an impostor there could make us believe that it is ready, no more.
#pragma warning disable CA5359
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
#pragma warning restore CA5359
    })
    { Timeout = TimeSpan.FromSeconds(2) };

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
