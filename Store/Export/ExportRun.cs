using System.IO.Pipelines;
using KubeLens.Store.Database;
using KubeLens.Store.Search;

namespace KubeLens.Store.Export;

/// <summary>
/// One export: every ended call that matches, once, in the order of the search. Between pages it holds no connection and no
/// transaction of the database, so that neither retention nor vacuum waits for a slow client; memory does not grow with the export.
/// </summary>
internal sealed class ExportRun(ExportRequest request, ExportHead head, IReadOnlyList<Call> first, Func<SearchRequest, CancellationToken, Task<IReadOnlyList<Call>>> find, ExportedCalls calls)
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
        while (page.Count > 0)
        {
            await calls.WriteAsync(page, writer, output, cancellationToken);
            page = page.Count < request.Search.Limit ? [] : await find(request.Search with { After = RowPosition.Of(page[^1]) }, cancellationToken);
        }

        writer.End();
        await ExportedCalls.FlushAsync(output, cancellationToken);
    }
}
