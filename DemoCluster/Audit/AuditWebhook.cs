using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Audit;

/// <summary>Posts batches of events.</summary>
internal sealed class AuditWebhook(HttpClient http, IOptions<AuditOptions> options)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public Uri Url { get; } = new(options.Value.WebhookUrl);

    /// <returns>The answer's status, null without an answer; and what was wrong, empty for success.</returns>
    public async Task<(HttpStatusCode? Status, string Problem)> PostAsync(IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.SendTimeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new ByteArrayContent(Body(events)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (options.Value.WebhookTokenFile.Length > 0)
            {
                var token = await File.ReadAllTextAsync(options.Value.WebhookTokenFile, limit.Token);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
            }

            using var answer = await http.SendAsync(request, limit.Token);
            return (answer.StatusCode, answer.IsSuccessStatusCode ? "" : $"it answers {(int)answer.StatusCode} {answer.ReasonPhrase}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"no answer within {options.Value.SendTimeout.TotalSeconds:0.#} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            return (null, e.Message);
        }
    }

    private static byte[] Body(IReadOnlyList<AuditEvent> events) =>
        JsonSerializer.SerializeToUtf8Bytes(new { kind = "EventList", apiVersion = "audit.k8s.io/v1", metadata = new { }, items = events }, Json);
}
