namespace KubeLens.Store.Export;

/// <summary>Section <c>Export</c>.</summary>
internal sealed class ExportOptions
{
    public const string Section = "Export";

    /// <summary>Calls that are read from the database at once. Their bodies are read later, a pack at a time.</summary>
    public int PageSize { get; set; } = 500;

    /// <summary>Exports at the same time; each holds one page and about <see cref="ExportRun.PackBytes"/> of packs. One more is turned away.</summary>
    public int MaxConcurrent { get; set; } = 4;

    /// <summary>How long the database may work on one page: longer than on a search's, because nobody narrows an export down.</summary>
    public int TimeoutSeconds { get; set; } = 60;
}
