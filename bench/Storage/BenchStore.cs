using Google.Protobuf;
using System.Buffers;
using System.Globalization;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;
using KubeLens.Store.Database;
using KubeLens.Store.Hosting;
using KubeLens.Store.Ingest;
using KubeLens.Store.Sealing;
using KubeLens.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Bench.Storage;

/// <summary>The Store itself, in this process, on a database of its own.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    /// <summary>Of whoever asks.</summary>
    public const string Token = "bench";

    private readonly WebApplication _app;
    private readonly TempFolder _folder;

    private BenchStore(WebApplication app, TempFolder folder) => (_app, _folder) = (app, folder);

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<BenchStore> StartAsync(string connectionString, CancellationToken cancellationToken)
    {
        var folder = new TempFolder("bench-store");
        foreach (var secret in (string[])["api-token", "service-token"])
        {
            await File.WriteAllTextAsync(folder[secret], Token, cancellationToken);
        }


        Directory.CreateDirectory(folder["login"]);
        var app = StoreProgram.Build(
            [
                "--Store:Port=0", $"--ConnectionStrings:Store={connectionString}", $"--Access:ApiTokenFile={folder["api-token"]}", $"--Access:ServiceTokenFile={folder["service-token"]}",
                $"--Access:LoginFolder={folder["login"]}", $"--Access:KeyFile={folder["store-key"]}",
                "--Sealing:Enabled=false", "--Sealing:AfterMinutes=0", "--Sealing:GraceMinutes=0", "--Sealing:CpuPercent=100", "--Limits:RequestsPerSecond=0",
            ],
            builder => builder.Logging.ClearProviders());
        await app.StartAsync(cancellationToken);
        await app.Services.GetRequiredService<DatabaseState>().WaitUntilMigratedAsync(cancellationToken);
        return new BenchStore(app, folder);
    }

    /// <summary>As <c>POST /v1/logs</c>, from the decompressed request on.</summary>
    public async Task IngestAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        var rejections = new Rejections();
        await Services.GetRequiredService<IngestWriter>().StoreAsync(Services.GetRequiredService<CallCollector>().Collect(request, rejections).Calls, rejections, cancellationToken);
        if (rejections.Count > 0)
        {
            throw new BenchException($"The Store refused {rejections.Count} generated calls; the first: {rejections.First}");
        }
    }

    /// <summary>As a gateway sends them.</summary>
    public static byte[] RequestOf(IEnumerable<CallRecord> batch) => new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { batch.Select(Record) } } } } } }.ToByteArray();

    /// <summary>Every hour that is over by then.</summary>
    public async Task SealUntilAsync(DateTime end, CancellationToken cancellationToken)
    {
        Services.GetRequiredService<IOptions<SealingOptions>>().Value.AfterMinutes = (int)(Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime - end).TotalMinutes;
        await Services.GetRequiredService<SealingRun>().SealDueAsync(cancellationToken);
    }

    /// <summary>Every hour that is over, which has to be all.</summary>
    public async Task SealAsync(int calls, CancellationToken cancellationToken)
    {
        await Services.GetRequiredService<SealingRun>().SealDueAsync(cancellationToken);
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select coalesce(sum(calls), 0)::bigint from call_chunk");
        if ((long)(await command.ExecuteScalarAsync(cancellationToken))! is var known && known != calls)
        {
            throw new BenchException($"Of {calls} calls {known} were sealed.");
        }
    }

    /// <summary>Of tables with their partitions, indexes and TOAST.</summary>
    public async Task<long> BytesAsync(IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select coalesce(sum(pg_total_relation_size(relid)), 0)::bigint from (select (pg_partition_tree(t::regclass)).relid from unnest($1) t) tables");
        command.Parameters.Add(new() { Value = tables.ToArray() });
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    public async Task<long> DatabaseBytesAsync(CancellationToken cancellationToken)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select pg_database_size(current_database())");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>As the database does by itself, a minute after much has changed.</summary>
    public async Task AnalyzeAsync(CancellationToken cancellationToken)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("vacuum analyze");
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static LogRecord Record(CallRecord call)
    {
        var buffer = new ArrayBufferWriter<byte>(8_192);
        CallLogWriter.WriteCall(call, buffer);
        CallLogWriter.WriteBodies(call.RequestBody, call.ResponseBody, buffer);
        CallLogWriter.WritePosition(call.Position!, buffer);
        return LogRecord.Parser.ParseFrom(buffer.WrittenSpan);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
