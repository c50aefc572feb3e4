using System.CommandLine;
using KubeLens.Store.Database;
using KubeLens.Store.Hosting;
using KubeLens.Store.Ingest;
using KubeLens.Store.Partitions;
using KubeLens.Store.Retention;
using KubeLens.Store.Rollups;
using KubeLens.Store.Search;
using Npgsql;

namespace KubeLens.Store.Audit;

/// <summary><c>store import-audit FILE [--cluster NAME]</c>: the audit log of an apiserver, for where there is no webhook, or from before there was.</summary>
internal static class ImportAuditCommand
{
    /// <summary>Some lines were no events.</summary>
    public const int SomeLeft = 2;

    private const string StandardInput = "-";
    private const int AtOnce = 400;
    private const int MostTold = 20;

    private static readonly Argument<string> Log = new("file") { Description = "the log, one event a line, also gzip; - for standard input" };
    private static readonly Option<string?> Cluster = new("--cluster") { Description = "whose log it is; may be left out where the database knows one cluster" };

    public static Command Create()
    {
        var command = new Command("import-audit", "Takes the events of an audit log into the database of ConnectionStrings__Store, beside a running Store or without one. What is there already is not doubled. Exit code 2 when a line could not be read.") { Log, Cluster };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var file = arguments.GetValue(Log)!;
        await using var input = file == StandardInput ? Console.OpenStandardInput() : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var app = CommandServices.Build(AddParts);
        var cluster = arguments.GetValue(Cluster) ?? await OnlyClusterAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), cancellationToken);
        var (intake, resolver) = (app.Services.GetRequiredService<AuditIntake>(), app.Services.GetRequiredService<AuditResolver>());
        var error = arguments.InvocationConfiguration.Error;
        var (events, requests, joined, wrong) = (0, 0, 0, 0);
        var some = new List<AuditEvent>(AtOnce);
        async Task TakeAsync()
        {
            var taken = await intake.TakeAsync(some, cancellationToken);
            (events, requests, joined) = (events + taken.Events, requests + taken.Requests, joined + taken.Joined);
            some.Clear();
        }

        await foreach (var (line, text) in AuditLogFile.ReadAsync(input, cancellationToken))
        {
            if (AuditList.ReadOne(text, cluster, out var fault) is { } read)
            {
                some.Add(read);
                if (some.Count == AtOnce)
                {
                    await TakeAsync();
                }
            }
            else if (wrong++ < MostTold)
            {
                await error.WriteLineAsync($"{file}:{line}: {fault}");
            }
        }

        await TakeAsync();
        var (late, placed) = await resolver.ResolveDueAsync(cancellationToken);
        await error.WriteLineAsync(wrong > MostTold ? $"… and {wrong - MostTold} more lines" : "");
        await arguments.InvocationConfiguration.Output.WriteLineAsync(
            $"{events} events of {cluster}: {requests} new requests; {joined + late} joined with their call, {placed.Bypass} bypass, {placed.Conflict} conflict, {await app.Services.GetRequiredService<AuditTable>().CountAsync(cancellationToken)} waiting; {wrong} lines refused");
        return wrong > 0 ? SomeLeft : 0;
    }

    private static async Task<string> OnlyClusterAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select value from dim where kind = $1 and value <> '' order by value limit 10");
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)DimKind.Cluster });
        var names = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        return names is [var only] ? only : throw new ArgumentException($"--cluster is missing: say whose log it is{(names.Count > 0 ? $"; there are {string.Join(", ", names)}" : "")}");
    }

    private static void AddParts(WebApplicationBuilder builder)
    {
        builder.AddDatabase();
        builder.AddPartitions();
        builder.AddRetention();
        builder.AddRollups();
        builder.AddIngest();
        builder.AddSearch();
        builder.AddAuditIntake();
    }
}
