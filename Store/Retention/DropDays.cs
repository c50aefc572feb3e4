using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Retention;

/// <summary>The day on which headers and bodies that are stored now are dropped, by their class.</summary>
internal sealed class DropDays(IOptions<RetentionOptions> options, TimeProvider time, ILogger<DropDays> logger)
{
    private const int MostUnknown = 100;

    private readonly ConcurrentDictionary<string, bool> _unknown = new(StringComparer.OrdinalIgnoreCase);

    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <param name="retention">A class; empty, or one that is not configured, for the usual days.</param>
    public DateOnly Of(string retention) => Today.AddDays(Days(retention));

    /// <summary>Every day that <see cref="Of"/> can give now.</summary>
    public IReadOnlyList<DateOnly> Possible() =>
        [.. options.Value.Classes.Values.Select(one => one.BodyDays).Append(options.Value.BodyDays).Distinct().Select(Today.AddDays)];

    private int Days(string retention)
    {
        if (retention.Length == 0)
        {
            return options.Value.BodyDays;
        }

        if (options.Value.Classes.TryGetValue(retention, out var known))
        {
            return known.BodyDays;
        }

        if (_unknown.Count < MostUnknown && _unknown.TryAdd(retention, true))
        {
            logger.RetentionUnknown(retention, options.Value.BodyDays);
        }

        return options.Value.BodyDays;
    }
}
