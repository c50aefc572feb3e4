using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;

namespace KubeLens.Store.Counts;

/// <summary>Counts of one histogram.</summary>
internal sealed class HistogramTally : ITally
{
    private readonly TimeRange _range;
    private readonly int _width;
    private readonly long _first;
    private readonly long[][] _buckets;

    /// <param name="range">Of the histogram.</param>
    /// <param name="most">Buckets.</param>
    public HistogramTally(TimeRange range, int most)
    {
        _range = range;
        _width = BucketWidth.Of(range.From, range.To, most);
        _first = BucketWidth.NumberOf(range.From, _width);
        _buckets = [.. Enumerable.Range(0, (int)(BucketWidth.NumberOf(range.To, _width) - _first) + 1).Select(_ => new long[4])];
    }

    public IReadOnlyList<CountColumn> Columns { get; } = [CountColumn.Status];

    public TimeSpan Width => TimeSpan.FromSeconds(_width);

    public void Add(DateTime at, ReadOnlySpan<long> values, long calls) => _buckets[BucketWidth.NumberOf(at, _width) - _first][values[0] switch
    {
        0 => 3,
        < 400 => 0,
        < 500 => 1,
        _ => 2,
    }] += calls;

    public CallHistogram Result(Counted counted) => new(
        _range.From, _range.To, _width,
        [.. _buckets.Select((counts, i) => new HistogramBucket(BucketWidth.StartOf(_first + i, _width), counts[0], counts[1], counts[2], counts[3]))],
        counted.Quality);
}
