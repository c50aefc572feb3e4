using System.Runtime.InteropServices;
using KubeLens.Bench;
using KubeLens.Bench.Capture;
using KubeLens.Bench.Ingest;
using KubeLens.Bench.Report;
using KubeLens.Bench.Search;
using KubeLens.Bench.Storage;

if (BenchOptions.Parse(args, out var error) is not { } options)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
try
{
    var report = options.Benchmark switch
    {
        BenchOptions.Watches => new WatchReport(await new WatchBenchmark(options, TimeProvider.System).RunAsync(stop.Token)).ToMarkdown(),
        BenchOptions.Storage => new StorageReport(options, await new StorageBenchmark(options, TimeProvider.System).RunAsync(stop.Token)).ToMarkdown(),
        BenchOptions.Ingest => new IngestReport(options, await new IngestBenchmark(options, TimeProvider.System).RunAsync(stop.Token)).ToMarkdown(),
        BenchOptions.Search => new SearchReport(options, await new SearchBenchmark(options, TimeProvider.System).RunAsync(stop.Token)).ToMarkdown(),
        BenchOptions.Capture => new CaptureReport(options, new CaptureBenchmark(options, TimeProvider.System).Run(stop.Token)).ToMarkdown(),
        _ => new GatewayReport(options, await new GatewayComparison(options, TimeProvider.System).RunAsync(stop.Token)).ToMarkdown(),
    };
    Console.WriteLine(report);
    if (options.Write)
    {
        BenchmarkDocument.Write(options.Benchmark, report);
    }

    return 0;
}
catch (BenchException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}

void Cancel(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
