namespace KubeLens.Bench.Ingest;

/// <summary>One round of one way to store calls.</summary>
/// <param name="Way">Which.</param>
/// <param name="Calls">Stored.</param>
/// <param name="Seconds">Until the last of them was committed.</param>
/// <param name="StoreCpuSeconds">Of the Store's process.</param>
/// <param name="PostgresCpuSeconds">Of the database server's processes.</param>
internal sealed record IngestRound(IngestWay Way, int Calls, double Seconds, double StoreCpuSeconds, double PostgresCpuSeconds)
{
    public double PerSecond => Calls / Seconds;
}

internal enum IngestWay
{
    /// <summary>COPY of rows that are ready.</summary>
    Copy,

    /// <summary>One gateway.</summary>
    OneSender,

    /// <summary>As many gateways at once as there are processors.</summary>
    Senders,
}
