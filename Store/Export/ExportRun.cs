using System.IO.Pipelines;
using KubeLens.Store.Access;
using KubeLens.Store.Database;
using KubeLens.Store.Packing;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Content;

namespace KubeLens.Store.Export;

/// <summary>
/// One export: every ended call that matches, once, in the order of the search. Between pages it holds no connection and no
/// transaction of the database, so that neither retention nor vacuum waits for a slow client; memory does not grow with the export.
/// </summary>
internal sealed class ExportRun(
    ExportRequest request, ExportHead head, FoundCalls first, Func<SearchRequest, CancellationToken, Task<FoundCalls>> find,
    CallItems items, PackWindow packs)
{
    /// <summary>How much of packs is held, decompressed.</summary>
    public const long PackBytes = 32 << 20;

    private static readonly StoredCall NoBodies = new();

    private const int FlushBytes = 64 << 10;

    /// <summary>Written so far.</summary>
    public long Calls { get; private set; }

    /// <summary>
    /// Writes all of it, no faster than <paramref name="output"/> takes it. Leaves it open.
    /// Throws <see cref="OperationCanceledException"/> also when nobody reads <paramref name="output"/> any more.
    /// </summary>
    public async Task WriteAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        using var writer = request.Format.Open(output, head);
        writer.Begin();
        var page = first;
        await WriteAsync(page.Rows, writer, output, cancellationToken);
        while (page.Rest is { } rest)
        {
            page = await find(request.Search with { After = rest }, cancellationToken);
            await WriteAsync(page.Rows, writer, output, cancellationToken);
        }

        writer.End();
        await FlushAsync(output, cancellationToken);
    }

    private async Task WriteAsync(IReadOnlyList<Call> page, IExportWriter writer, PipeWriter output, CancellationToken cancellationToken)
    {
        var texts = await items.ReadTextsAsync(page, cancellationToken);
        foreach (var row in page)
        {
            var stored = await packs.ReadAsync(row, cancellationToken) ?? CallDetailsReader.Expired;
            var details = CallDetailsReader.Describe(row, stored, texts);
            writer.Write(request.HasBodies ? new ExportedCall(details, stored) : new ExportedCall(MetadataView.Of(details), NoBodies));
            Calls++;
            if (output.UnflushedBytes >= FlushBytes)
            {
                await FlushAsync(output, cancellationToken);
            }
        }

        await FlushAsync(output, cancellationToken);
    }

    private static async Task FlushAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        var flushed = await output.FlushAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (flushed.IsCompleted)
        {
            throw new OperationCanceledException("Nobody reads the export any more.");
        }
    }
}
