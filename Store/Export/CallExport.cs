using KubeLens.Store.Packing;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Content;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Export;

/// <summary>Begins exports.</summary>
internal sealed class CallExport(CallSearch search, CallItems items, PackReader packs, TimeProvider time, IOptions<JsonOptions> json, IOptions<ExportOptions> options, IOptions<SearchOptions> limits)
{
    /// <summary>
    /// Reads the first page, so that what is wrong is known before the first byte. Fails as <see cref="CallSearch.FindPartAsync"/> does.
    /// </summary>
    public async Task<ExportRun> BeginAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        var timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);
        var first = await FindAsync(request.Search, cancellationToken);
        var head = new ExportHead(request.Query, request.Search.Range, json.Value.SerializerOptions);
        return new ExportRun(request, head, first, FindAsync, new ExportedCalls(items, new PackWindow(packs, ExportRun.PackBytes), request.HasBodies));

        Task<FoundCalls> FindAsync(SearchRequest page, CancellationToken cancellation) => search.FindPartAsync(page, timeout, ContentBudget.Of(limits.Value, time), cancellation);
    }
}
