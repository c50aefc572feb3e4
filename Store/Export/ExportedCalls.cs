using System.IO.Pipelines;
using KubeLens.Store.Access;
using KubeLens.Store.Database;
using KubeLens.Store.Packing;
using KubeLens.Store.Search;

namespace KubeLens.Store.Export;

/// <summary>Writes rows of calls with what their packs hold. For one export: it holds the packs that were used last.</summary>
internal sealed class ExportedCalls(CallItems items, PackWindow packs, bool hasBodies)
{
    private const int FlushBytes = 64 << 10;

    private static readonly StoredCall NoBodies = new();

    /// <summary>Written so far.</summary>
    public long Calls { get; private set; }

    /// <summary>
    /// Writes and flushes them, no faster than <paramref name="output"/> takes it.
    /// Throws <see cref="OperationCanceledException"/> also when nobody reads <paramref name="output"/> any more.
    /// </summary>
    public async Task WriteAsync(IReadOnlyList<Call> rows, IExportWriter writer, PipeWriter output, CancellationToken cancellationToken)
    {
        var texts = await items.ReadTextsAsync(rows, cancellationToken);
        foreach (var row in rows)
        {
            var stored = await packs.ReadAsync(row, cancellationToken) ?? CallDetailsReader.Expired;
            var details = CallDetailsReader.Describe(row, stored, texts);
            writer.Write(hasBodies ? new ExportedCall(details, stored) : new ExportedCall(MetadataView.Of(details), NoBodies));
            Calls++;
            if (output.UnflushedBytes >= FlushBytes)
            {
                await FlushAsync(output, cancellationToken);
            }
        }

        await FlushAsync(output, cancellationToken);
    }

    public static async Task FlushAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        var flushed = await output.FlushAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (flushed.IsCompleted)
        {
            throw new OperationCanceledException("Nobody reads the export any more.");
        }
    }
}
