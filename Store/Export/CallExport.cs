using KubeLens.Store.Packing;
using KubeLens.Store.Search;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Export;

/// <summary>Begins exports.</summary>
internal sealed class CallExport(CallSearch search, CallItems items, PackReader packs, IOptions<JsonOptions> json, IOptions<ExportOptions> options)
{
    /// <summary>
    /// Reads the first page, so that what is wrong is known before the first byte. Fails as <see cref="CallSearch.FindEndedAsync"/> does.
    /// </summary>
    public async Task<ExportRun> BeginAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        var timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);
        var first = await search.FindEndedAsync(request.Search, timeout, cancellationToken);
        var head = new ExportHead(request.Query, request.Search.Range, json.Value.SerializerOptions);
        return new ExportRun(request, head, first, (page, cancellation) => search.FindEndedAsync(page, timeout, cancellation), new ExportedCalls(items, new PackWindow(packs, ExportRun.PackBytes), request.HasBodies));
    }
}
