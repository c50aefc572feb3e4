using KubeLens.Store.Database;
using KubeLens.Store.Sealing;
using KubeLens.Store.Sealing.Columns;

namespace KubeLens.Store.Verifying;

/// <summary>Whether a chunk decodes, and what is kept beside it to leave it out of searches lets every call of it be found.</summary>
/// <param name="Hour">Of its segment.</param>
/// <param name="Day">Its partition's.</param>
/// <param name="Row">As it is stored.</param>
/// <param name="Version">Of the encoding.</param>
internal sealed record ChunkCheck(DateTime Hour, DateOnly Day, ChunkRow Row, short Version)
{
    /// <param name="faults">What is wrong; nothing is added when all is well.</param>
    /// <returns>Its calls; null when they cannot be read.</returns>
    public IReadOnlyList<Call>? Read(List<string> faults)
    {
        if (Version != SealedChunk.Version)
        {
            faults.Add($"its version is {Version}, and this program reads {SealedChunk.Version}");
            return null;
        }

        var column = "offsets";
        try
        {
            var chunk = new SealedChunk(1, Row.Calls, number =>
            {
                column = ChunkColumns.All[number].Name;
                return SealedChunk.ColumnOf(Row.Offsets, Row.Data, number);
            });
            var calls = Enumerable.Range(0, Row.Calls).Select(chunk.Row).ToList();
            faults.AddRange(Faults(calls));
            return calls;
        }
        catch (Exception e) when (e.IsDamage())
        {
            faults.Add($"its column {column} does not decode ({e.Message}): its {Row.Calls} calls cannot be shown");
            return null;
        }
    }

    private IEnumerable<string> Faults(List<Call> calls)
    {
        if (calls.Count(call => call.At < Hour || call.At >= Hour.AddHours(1)) is > 0 and var elsewhere)
        {
            yield return $"{elsewhere} of its {calls.Count} calls are of another hour";
        }

        if (calls.Count(call => call.At < Row.From || call.At > Row.To || DateOnly.FromDateTime(call.At) != Day) is > 0 and var outside)
        {
            yield return FormattableString.Invariant($"{outside} of its {calls.Count} calls lie outside of its day and times ({Row.From:HH:mm:ss.ffffff} to {Row.To:HH:mm:ss.ffffff}), where searches do not find them");
        }

        var dims = Row.Dims.ToHashSet();
        if (calls.SelectMany(call => call.DimIds).Where(id => !dims.Contains(id)).Distinct().Order().ToList() is { Count: > 0 } missing)
        {
            yield return $"its list of dictionary entries lacks {string.Join(", ", missing.Take(10))}{(missing.Count > 10 ? " …" : "")}, for which searches do not find its calls";
        }

        // What a bloom should have is what one made of the calls has.
        if (Row.Bloom.Length == 0 || calls.Any(call => ChunkBloom.ValuesOf(call).Any(value => !ChunkBloom.Has(Row.Bloom, value.Column, value.Value))))
        {
            yield return "its bloom lacks ids, names or batches of its calls, for which searches do not find them";
        }

        if (Row.Signature is { } signature && (signature.Length == 0 || !ChunkSignature.Has(signature, calls)))
        {
            yield return "its signature lacks words or pairs of its calls, for which searches do not find them";
        }
    }
}
