using System.Security.Cryptography;
using System.Text.Json;
using KubeLens.Gateway.Redact;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace KubeLens.Bench.Capture;

/// <summary>What capturing a call costs beside forwarding it, on one thread: rounds in which every case has its turn.</summary>
internal sealed class CaptureBenchmark(BenchOptions options, TimeProvider clock)
{
    private const int Cap = 256 * 1024;

    private readonly BodyRedactor _redactor = new(Options.Create(new RedactOptions()), SecretNames.Default, new FingerprintKey(RandomNumberGenerator.GetBytes(32)));
    private readonly HeaderDictionary _request = new()
    {
        ["Accept"] = "application/vnd.kubernetes.protobuf, application/json",
        ["Accept-Encoding"] = "gzip",
        ["Authorization"] = "Bearer not.a.real-token",
        ["User-Agent"] = "checkout/v1.2.3 (linux/amd64) kubernetes/70d3cc9",
    };

    private readonly HeaderDictionary _response = new()
    {
        ["Audit-Id"] = "0190c2d4-5b6e-7f80-9a1b-2c3d4e5f6071",
        ["Cache-Control"] = "no-cache, private",
        ["Content-Type"] = "application/json",
        ["Date"] = "Tue, 24 Nov 2026 12:00:00 GMT",
        ["X-Kubernetes-Pf-Flowschema-Uid"] = "6f1c1f5a-6e0b-4a52-8d0c-7a1de3f2b901",
        ["X-Kubernetes-Pf-Prioritylevel-Uid"] = "0b7f2f0e-1d4b-4c55-9a3e-cc1f3f7a2b10",
    };

    public IReadOnlyList<CaptureMeasurement> Run(CancellationToken cancellationToken)
    {
        var rounds = CaptureCases.All.ToDictionary(item => item, _ => new List<CaptureMeasurement>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var item in CaptureCases.All)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var measured = Measure(item, round == 0 ? options.WarmUp : options.Duration);
                if (round > 0)
                {
                    rounds[item].Add(measured);
                }
            }
        }

        return [.. CaptureCases.All.Select(item => rounds[item]).Select(of => of[0] with
        {
            Microseconds = Median(of.Select(m => m.Microseconds)),
            AllocatedBytes = Median(of.Select(m => m.AllocatedBytes)),
            ReadMicroseconds = of[0].ReadMicroseconds is null ? null : Median(of.Select(m => m.ReadMicroseconds!.Value)),
        })];
    }

    private CaptureMeasurement Measure(CaptureCase item, TimeSpan time)
    {
        var record = item.Run(_redactor, _request, _response, Cap);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var (runs, took) = Repeat(() => item.Run(_redactor, _request, _response, Cap), time / 2);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        var json = item.ContentType.EndsWith("json", StringComparison.Ordinal) ? item.Body.AsMemory(0, Math.Min(Cap, item.Body.Length)) : default;
        double? read = null;
        if (!json.IsEmpty)
        {
            var (reads, readTook) = Repeat(() => Read(json.Span), time / 2);
            read = readTook.TotalMicroseconds / reads / item.Events;
        }

        return new CaptureMeasurement(
            item.Name, item.Body.Length / item.Events, record / item.Events, took.TotalMicroseconds / runs / item.Events, (double)allocated / runs / item.Events, read);
    }

    private (int Runs, TimeSpan Took) Repeat(Action action, TimeSpan time)
    {
        var start = clock.GetTimestamp();
        var runs = 0;
        do
        {
            action();
            runs++;
        }
        while (clock.GetElapsedTime(start) < time);
        return (runs, clock.GetElapsedTime(start));
    }

    private static void Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        while (reader.Read())
        {
            // to its end
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
