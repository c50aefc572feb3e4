using KubeLens.Contracts.Access;
using KubeLens.Contracts.Query;
using KubeLens.Store.Access.Records;
using KubeLens.Store.Arrivals;
using KubeLens.Store.Hosting;
using KubeLens.Store.Packing;
using KubeLens.Store.Search;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Export.Follow;

/// <summary><c>store export --follow</c>: goes on with what is stored from now on, until it is stopped, and from there when it is started again.</summary>
internal static class FollowCommand
{
    /// <param name="services">With the parts that an export needs.</param>
    /// <param name="request">What to write.</param>
    /// <param name="path">The file; null for standard output.</param>
    /// <param name="options">How the file grows.</param>
    /// <param name="tell">Is told of what people should know.</param>
    /// <param name="cancellationToken">Stops it, which is a good end.</param>
    public static async Task<int> RunAsync(IServiceProvider services, FollowRequest request, string? path, FollowFileOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var (arrivals, time) = (services.GetRequiredService<ArrivalReader>(), services.GetRequiredService<TimeProvider>());
        var now = await arrivals.NowAsync(cancellationToken);
        async Task<FollowState> FirstAsync() => new(request.Text, request.Format.Name, request.From, await StartAsync(request, arrivals, now, cancellationToken), 0);

        IFollowOutput output;
        FollowState state;
        if (path is null)
        {
            (output, state) = (new FollowedStream(Console.OpenStandardOutput()), await FirstAsync());
        }
        else
        {
            (output, state) = await FollowedFile.OpenAsync(path, FirstAsync, options, time, cancellationToken);
        }

        await using var owned = output;
        Check(state, request, now, path);
        var records = services.GetRequiredService<AccessRecordTable>();
        var record = await records.AddAsync(Operator.Name, "", new AccessRead(AccessActions.Export, Subject: request.Text, Format: request.Format.Name), cancellationToken);
        await using var bell = services.GetRequiredService<ArrivalBell>();
        var run = new FollowRun(
            request with { From = state.From },
            new ExportHead(request.Text, new TimeRange(state.From ?? default, DateTimeOffset.MaxValue), services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions),
            arrivals, bell, services.GetRequiredService<CallSearch>(),
            new ExportedCalls(services.GetRequiredService<CallItems>(), new PackWindow(services.GetRequiredService<PackReader>(), ExportRun.PackBytes), hasBodies: true),
            services.GetRequiredService<IOptions<ExportOptions>>().Value, services.GetRequiredService<IOptions<SearchOptions>>().Value, time, tell);
        tell($"following{(request.Text.Length > 0 ? $" {request.Text}" : "")}; stop it with Ctrl+C");
        try
        {
            await run.FollowAsync(output, state.Position, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await records.EndAsync(record, run.Calls, "whole", CancellationToken.None);
        }

        tell($"exported {run.Calls} calls");
        return 0;
    }

    private static async Task<ArrivalPosition> StartAsync(FollowRequest request, ArrivalReader arrivals, ArrivalPosition now, CancellationToken cancellationToken)
    {
        if (request.From is not { } from)
        {
            return now;
        }

        var floor = await arrivals.FloorAsync(cancellationToken);
        return floor.At is { } until && until >= from
            ? throw new ArgumentException(FormattableString.Invariant($"--from: when calls came is remembered since {until:yyyy-MM-ddTHH:mm:ssZ} (Retention:ArrivalDays). Export those before with `store export --to {until:yyyy-MM-ddTHH:mm:ssZ}`, and follow with `--from {until.AddSeconds(1):yyyy-MM-ddTHH:mm:ssZ}`."))
            : new ArrivalPosition(now.Server, ArrivalPosition.Beginning, now.Since, floor.Transaction, long.MaxValue);
    }

    private static void Check(FollowState state, FollowRequest request, ArrivalPosition now, string? path)
    {
        if (state.Query != request.Text || state.Format != request.Format.Name)
        {
            throw new ArgumentException($"{path} is an export of --q '{state.Query}' --format {state.Format}: go on with these, or follow into another file.");
        }

        if (state.Position.Server != now.Server)
        {
            throw new InvalidDataException($"{path} was followed on another database server, whose transactions have other numbers: follow into another file, with --from where it ends.");
        }
    }
}
