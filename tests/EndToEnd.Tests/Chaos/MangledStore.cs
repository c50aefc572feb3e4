using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using KubeLens.Contracts.Otlp.Protos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeLens.EndToEnd.Tests.Chaos;

/// <summary>
/// Stands between a gateway and the Store as a network and a Collector would on their worst day: of what is delivered, some comes twice, in two
/// parts of which the later comes first, together with what was delivered before, late, or without its answer. It never says that something was
/// taken which the Store did not take.
/// </summary>
internal sealed class MangledStore : IAsyncDisposable
{
    private static readonly string[] Ways = ["as it is", "twice", "split", "merged", "late", "unanswered"];

    private readonly WebApplication _app;
    private readonly HttpClient _store;
    private readonly Random _random;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = Ways.ToDictionary(way => way, _ => 0);
    private ExportLogsServiceRequest? _before;

    private MangledStore(WebApplication app, int storePort, int seed)
    {
        _app = app;
        _store = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{storePort}") };
        _random = new Random(seed);
    }

    public string Address => _app.Urls.Single();

    public override string ToString() => string.Join(", ", _counts.Select(count => $"{count.Value} {count.Key}"));

    public static async Task<MangledStore> StartAsync(int storePort, int seed, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var store = new MangledStore(app, storePort, seed);
        app.MapPost("/v1/logs", store.TakeAsync);
        await app.StartAsync(cancellationToken);
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _store.Dispose();
    }

    private async Task TakeAsync(HttpContext http)
    {
        var request = await ReadAsync(http.Request);
        var way = Choose(request);
        try
        {
            switch (way)
            {
                case "twice":
                    await SendAsync(http, request);
                    await AnswerAsync(http, await SendAsync(http, request));
                    break;
                case "split":
                    var (first, second) = Split(request);
                    var later = await SendAsync(http, second);
                    await AnswerAsync(http, later.Status < 300 ? await SendAsync(http, first) : later);
                    break;
                case "merged":
                    await AnswerAsync(http, await SendAsync(http, Merge(_before!, request)));
                    break;
                case "late":
                    await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(50, 2000)), http.RequestAborted);
                    await AnswerAsync(http, await SendAsync(http, request));
                    break;
                case "unanswered":
                    await SendAsync(http, request);
                    http.Abort();
                    break;
                default:
                    await AnswerAsync(http, await SendAsync(http, request));
                    break;
            }
        }
        catch (HttpRequestException)
        {
            http.Response.StatusCode = StatusCodes.Status502BadGateway; // the Store is away
        }

        lock (_lock)
        {
            _before = request;
        }
    }

    private string Choose(ExportLogsServiceRequest request)
    {
        lock (_lock)
        {
            var way = Ways[_random.Next(Ways.Length)];
            way = way switch
            {
                "split" when Records(request).Count() < 2 => Ways[0],
                "merged" when _before is null => Ways[0],
                _ => way,
            };
            _counts[way]++;
            return way;
        }
    }

    private async Task<(int Status, byte[] Body, string? RetryAfter)> SendAsync(HttpContext http, ExportLogsServiceRequest request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/logs") { Content = new ByteArrayContent(request.ToByteArray()) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/x-protobuf") } } };
        message.Headers.TryAddWithoutValidation("Authorization", (string?)http.Request.Headers.Authorization);
        using var answer = await _store.SendAsync(message, http.RequestAborted);
        return ((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(http.RequestAborted), answer.Headers.RetryAfter?.ToString());
    }

    private static async Task AnswerAsync(HttpContext http, (int Status, byte[] Body, string? RetryAfter) answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/x-protobuf";
        if (answer.RetryAfter is not null)
        {
            http.Response.Headers.RetryAfter = answer.RetryAfter;
        }

        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private static async Task<ExportLogsServiceRequest> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await using var decoded = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        await decoded.CopyToAsync(body, request.HttpContext.RequestAborted);
        return ExportLogsServiceRequest.Parser.ParseFrom(body.ToArray());
    }

    private (ExportLogsServiceRequest First, ExportLogsServiceRequest Second) Split(ExportLogsServiceRequest request)
    {
        var records = Records(request).ToList();
        var cut = _random.Next(1, records.Count);
        return (With(request, records[..cut]), With(request, records[cut..]));
    }

    private static ExportLogsServiceRequest Merge(ExportLogsServiceRequest before, ExportLogsServiceRequest request)
    {
        var both = before.Clone();
        both.ResourceLogs.AddRange(request.ResourceLogs.Select(logs => logs.Clone()));
        return both;
    }

    private static IEnumerable<LogRecord> Records(ExportLogsServiceRequest request) => request.ResourceLogs.SelectMany(logs => logs.ScopeLogs).SelectMany(logs => logs.LogRecords);

    private static ExportLogsServiceRequest With(ExportLogsServiceRequest request, IEnumerable<LogRecord> records) =>
        new() { ResourceLogs = { new ResourceLogs { Resource = request.ResourceLogs[0].Resource?.Clone(), ScopeLogs = { new ScopeLogs { LogRecords = { records.Select(record => record.Clone()) } } } } } };
}
