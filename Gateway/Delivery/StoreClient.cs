using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using KubeLens.Contracts.Otlp.Protos;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Delivery;

/// <summary>Sends a batch once and reads the answer.</summary>
internal sealed class StoreClient(IOptions<StoreOptions> store, IOptions<DeliveryOptions> delivery, TimeProvider time) : IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024;
    private const int MaxMessage = 1000;

    private readonly Uri _address = store.Value.LogsAddress;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // a redirect would carry the token elsewhere
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    public Uri Address => _address;

    /// <summary>Never throws but when <paramref name="cancellationToken"/> is cancelled.</summary>
    public async Task<DeliveryAnswer> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(delivery.Value.SendTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ReadOnlyMemoryContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            request.Content.Headers.ContentEncoding.Add("gzip");
            if (store.Value.TokenFile.Length > 0)
            {
                // A few bytes, a few times a second: reading always is how a rotated token is never missed.
                var token = await File.ReadAllTextAsync(store.Value.TokenFile, both.Token);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
            }

            using var response = await _http.SendAsync(request, both.Token);
            return Read(response, await response.Content.ReadAsByteArrayAsync(both.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryAnswer(null, $"no answer within {delivery.Value.SendTimeout.TotalSeconds:0.###} s");
        }
        catch (HttpRequestException e)
        {
            return new DeliveryAnswer(null, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DeliveryAnswer(null, $"Store:TokenFile {store.Value.TokenFile} cannot be read: {e.Message}");
        }
        catch (FormatException)
        {
            return new DeliveryAnswer(null, $"Store:TokenFile {store.Value.TokenFile} holds no token: one line of printable characters is expected");
        }
    }

    public void Dispose() => _http.Dispose();

    private DeliveryAnswer Read(HttpResponseMessage response, byte[] body)
    {
        var isProtobuf = response.Content.Headers.ContentType?.MediaType == "application/x-protobuf";
        try
        {
            if (response.IsSuccessStatusCode)
            {
                var partial = isProtobuf ? ExportLogsServiceResponse.Parser.ParseFrom(body).PartialSuccess : null;
                return new DeliveryAnswer(response.StatusCode, partial?.ErrorMessage ?? "", null, partial?.RejectedLogRecords ?? 0);
            }

            return new DeliveryAnswer(response.StatusCode, isProtobuf ? Status.Parser.ParseFrom(body).Message : Shorten(Encoding.UTF8.GetString(body)), RetryAfter(response));
        }
        catch (InvalidProtocolBufferException)
        {
            return new DeliveryAnswer(response.StatusCode, "the answer's body is not the protobuf message that its content type says", RetryAfter(response));
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private static string Shorten(string text) => text.Length <= MaxMessage ? text.Trim() : string.Concat(text.AsSpan(0, MaxMessage), "…");
}
