using System.IO.Pipelines;
using KubeLens.Store.Database;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Content;

namespace KubeLens.Store.Export;

/// <summary>
/// One export: every ended call that matches, once, in the order of the search. Between pages it holds no connection and no
/// transaction of the database, so that neither retention nor vacuum waits for a slow client; memory does not grow with the export.
/// </summary>
internal sealed class ExportRun(ExportRequest request, ExportHead head, FoundCalls first, Func<SearchRequest, CancellationToken, Task<FoundCalls>> find, ExportedCalls calls)
{
    /// <summary>How much of packs is held, decompressed.</summary>
    public const long PackBytes = 32 << 20;

    /// <summary>Written so far.</summary>
    public long Calls => calls.Calls;

    /// <summary>
    /// Writes all of it, no faster than <paramref name="output"/> takes it. Leaves it open.
    /// Throws <see cref="OperationCanceledException"/> also when nobody reads <paramref name="output"/> any more.
    /// </summary>
    public async Task WriteAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        using var writer = request.Format.Open(output, head);
        writer.Begin();
        var page = first;
        await calls.WriteAsync(page.Rows, writer, output, cancellationToken);
        while (page.Rest is { } rest)
        {
            page = await find(request.Search with { After = rest }, cancellationToken);
            await calls.WriteAsync(page.Rows, writer, output, cancellationToken);
        }

        writer.End();
        await ExportedCalls.FlushAsync(output, cancellationToken);
    }
}
