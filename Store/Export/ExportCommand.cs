using System.CommandLine;
using System.IO.Pipelines;
using KubeLens.Contracts.Access;
using KubeLens.Contracts.Query;
using KubeLens.Store.Access.Records;
using KubeLens.Store.Arrivals;
using KubeLens.Store.Database;
using KubeLens.Store.Export.Follow;
using KubeLens.Store.Hosting;
using KubeLens.Store.Search;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace KubeLens.Store.Export;

/// <summary><c>store export --output FILE</c>: <c>GET /api/v1/export</c> for people with a shell, straight from the database.</summary>
internal static class ExportCommand
{
    private const string StandardOutput = "-";
    private const long LeastRotateBytes = 1024;

    private static readonly Option<string> Query = new("--q") { Description = "what to find, in the query language; everything when absent", DefaultValueFactory = _ => "" };
    private static readonly Option<string> From = new("--from") { Description = $"completed at or after; {TimeRange.DefaultFrom} when absent, and with --follow all that is stored from now on" };
    private static readonly Option<string> To = new("--to") { Description = $"completed at or before; {TimeRange.DefaultTo} when absent" };
    private static readonly Option<string> Format = new("--format") { Description = string.Join(", ", ExportFormat.All.Select(format => format.Name)), DefaultValueFactory = _ => ExportFormat.Ndjson.Name };
    private static readonly Option<string> Output = new("--output") { Description = "the file, or - for standard output", Required = true };
    private static readonly Option<bool> Follow = new("--follow") { Description = "go on with what is stored, oldest first, until stopped; started again, go on where the file ends" };
    private static readonly Option<string> Rotate = new("--rotate") { Description = "with --follow: leave the file behind at this size, such as 100MB, and begin the next one" };
    private static readonly Option<bool> Compress = new("--compress") { Description = "with --rotate: compress with gzip what is left behind" };

    public static Command Create()
    {
        var command = new Command("export", "Writes every call that a query finds, newest first, or with --follow as they come. Reads the database of ConnectionStrings__Store, beside a running Store or without one.") { Query, From, To, Format, Output, Follow, Rotate, Compress };
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken) => arguments.GetValue(Follow) ? FollowAsync(arguments, cancellationToken) : ExportAsync(arguments, cancellationToken);

    private static async Task<int> FollowAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var app = CommandServices.Build(AddParts);
        var request = FollowRequest.Read(arguments.GetValue(Query)!, arguments.GetValue(From), arguments.GetValue(Format)!, app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        var (file, rotate, compress) = (arguments.GetValue(Output)!, arguments.GetValue(Rotate), arguments.GetValue(Compress));
        var bytes = 0L;
        var error = arguments.GetValue(To) is not null ? "--to has no sense with --follow, which has no end."
            : rotate is not null && file == StandardOutput ? "--rotate needs a file (--output)."
            : rotate is not null && !(QuerySize.TryParse(rotate, out bytes) && bytes >= LeastRotateBytes) ? $"--rotate: \"{rotate}\" is no size of at least 1KiB. Try: 100MB"
            : compress && rotate is null ? "--compress is of what --rotate leaves behind. Try: --rotate 100MB --compress"
            : "";
        return error.Length > 0
            ? throw new ArgumentException(error)
            : await FollowCommand.RunAsync(app.Services, request, file == StandardOutput ? null : file, new FollowFileOptions(rotate is null ? null : bytes, compress), arguments.InvocationConfiguration.Error.WriteLine, cancellationToken);
    }

    private static async Task<int> ExportAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(Rotate) is not null || arguments.GetValue(Compress))
        {
            throw new ArgumentException("--rotate and --compress are for --follow: an export without it is one file.");
        }

        await using var app = CommandServices.Build(AddParts);
        var parameters = new QueryCollection(new[] { Query, From, To, Format }.Where(option => arguments.GetValue(option) is not null).ToDictionary(option => option.Name[2..], option => new StringValues(arguments.GetValue(option))));
        var pageSize = app.Services.GetRequiredService<IOptions<ExportOptions>>().Value.PageSize;
        var request = ExportRequestReader.Read(parameters, app.Services.GetRequiredService<TimeProvider>().GetUtcNow(), pageSize, out var errors)
            ?? throw new ArgumentException(CommandQuery.Text(errors));
        var run = await app.Services.GetRequiredService<CallExport>().BeginAsync(request, cancellationToken);
        var records = app.Services.GetRequiredService<AccessRecordTable>();
        var record = await records.AddAsync(Operator.Name, "", new AccessRead(AccessActions.Export, Subject: request.Query, Format: request.Format.Name, Range: request.Search.Range), cancellationToken);
        var file = arguments.GetValue(Output)!;
        if (file == StandardOutput)
        {
            await using var output = Console.OpenStandardOutput();
            await WriteAsync(run, output, cancellationToken);
        }
        else
        {
            // A file of its name is a whole export.
            var part = file + ".part";
            // There are bodies in it.
            await using (var output = OwnerFile.Open(part, FileMode.Create))
            {
                await WriteAsync(run, output, cancellationToken);
            }

            File.Move(part, file, overwrite: true);
        }

        await records.EndAsync(record, run.Calls, "whole", cancellationToken);
        await arguments.InvocationConfiguration.Error.WriteLineAsync($"exported {run.Calls} calls");
        return 0;
    }

    private static async Task WriteAsync(ExportRun run, Stream output, CancellationToken cancellationToken)
    {
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        await run.WriteAsync(pipe, cancellationToken);
        await pipe.CompleteAsync();
    }

    private static void AddParts(WebApplicationBuilder builder)
    {
        builder.AddDatabase();
        builder.AddSearch();
        builder.AddExport();
        builder.AddArrivals();
        builder.Services.TryAddSingleton<AccessRecordTable>();
    }
}
