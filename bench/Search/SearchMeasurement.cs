namespace KubeLens.Bench.Search;

/// <summary>What the questions took.</summary>
/// <param name="Calls">Stored.</param>
/// <param name="Hot">Of those, as rows.</param>
/// <param name="FillSeconds">Generator, ingest and sealing.</param>
/// <param name="Bytes">Of everything on disk when it was asked.</param>
/// <param name="Timings">In the order of <see cref="SearchCases"/>.</param>
/// <param name="Ingested">Calls a second that were stored meanwhile, in the last column.</param>
/// <param name="LogCalls">Of the log that is read beside.</param>
/// <param name="LogBytes">Compressed.</param>
/// <param name="LogSeconds">Of one question to it, the median.</param>
internal sealed record SearchMeasurement(
    long Calls, long Hot, double FillSeconds, long Bytes, IReadOnlyList<SearchTiming> Timings, double Ingested, long LogCalls, long LogBytes, double LogSeconds);
