using System.CommandLine;
using System.IO.Pipelines;
using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Hosting;
using KubeLens.Store.Search;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace KubeLens.Store.Export;

/// <summary><c>store export --output FILE</c>: <c>GET /api/v1/export</c> for people with a shell, straight from the database.</summary>
internal static class ExportCommand
{
    private const string StandardOutput = "-";

    private static readonly Option<string> Query = new("--q") { Description = "what to find, in the query language; everything when absent", DefaultValueFactory = _ => "" };
    private static readonly Option<string> From = new("--from") { Description = "completed at or after", DefaultValueFactory = _ => TimeRange.DefaultFrom };
    private static readonly Option<string> To = new("--to") { Description = "completed at or before", DefaultValueFactory = _ => TimeRange.DefaultTo };
    private static readonly Option<string> Format = new("--format") { Description = string.Join(", ", ExportFormat.All.Select(format => format.Name)), DefaultValueFactory = _ => ExportFormat.Ndjson.Name };
    private static readonly Option<string> Output = new("--output") { Description = "the file, or - for standard output", Required = true };

    public static Command Create()
    {
        var command = new Command("export", "Writes every call that a query finds, newest first. Reads the database of ConnectionStrings__Store, beside a running Store or without one.") { Query, From, To, Format, Output };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var app = CommandServices.Build(AddParts);
        var parameters = new QueryCollection(new[] { Query, From, To, Format }.ToDictionary(option => option.Name[2..], option => new StringValues(arguments.GetValue(option))));
        var pageSize = app.Services.GetRequiredService<IOptions<ExportOptions>>().Value.PageSize;
        var request = ExportRequestReader.Read(parameters, app.Services.GetRequiredService<TimeProvider>().GetUtcNow(), pageSize, out var errors)
            ?? throw new ArgumentException(CommandQuery.Text(errors));
        var run = await app.Services.GetRequiredService<CallExport>().BeginAsync(request, cancellationToken);
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
    }
}
