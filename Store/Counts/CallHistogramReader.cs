using KubeLens.Contracts.Search;

namespace KubeLens.Store.Counts;

/// <summary>Answers histograms.</summary>
internal sealed class CallHistogramReader(CallCounter counter)
{
    public async Task<CallHistogram> ReadAsync(HistogramRequest request, CancellationToken cancellationToken)
    {
        var tally = new HistogramTally(request.Range, request.Buckets);
        var counted = await counter.CountAsync(request.Range, [(request.Query, tally)], cancellationToken);
        return tally.Result(counted[0]);
    }
}
