namespace KubeLens.Gateway.Identity.Tokens.Oidc;

/// <summary>Fetches the issuer's keys. No redirects: the address is configured, not learned.</summary>
internal sealed class JwksDownload(Uri address)
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 1 << 20,
    };

    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Client.GetAsync(address, cancellationToken);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadAsStringAsync(cancellationToken)
                : throw new TokenUnverifiedException($"the issuer's keys could not be fetched: {address.Host} answered {(int)response.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            throw new TokenUnverifiedException($"the issuer's keys could not be fetched from {address.Host}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TokenUnverifiedException($"the issuer's keys could not be fetched from {address.Host} in time", e);
        }
    }
}
