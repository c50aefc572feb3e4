namespace KubeLens.Portal.Objects;

/// <summary>What became of a line.</summary>
internal enum DiffKind
{
    Same,
    Gone,
    Come,

    /// <summary>It stands for lines that stayed and are not shown.</summary>
    Folded,
}
