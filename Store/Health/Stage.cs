namespace KubeLens.Store.Health;

/// <summary>Whose work is noted.</summary>
internal enum Stage
{
    Ingest,
    Sealing,
    Retention,
    Audit,
}
