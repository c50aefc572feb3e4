namespace KubeLens.Store.Database;

/// <summary>The places of the parts of a <see cref="DimKind.Options"/> entry, from 0. Stored: add at the end.</summary>
internal static class OptionParts
{
    public const int DryRun = 0, PatchType = 1, ResourceVersionMatch = 2, Propagation = 3, LabelSelector = 4, FieldSelector = 5, Command = 6;

    /// <summary>What stands for a flag that is set.</summary>
    public const string True = "true";

    /// <summary>A part as SQL says it.</summary>
    public static string Sql(int part) => FormattableString.Invariant($"parts[{part + 1}]");
}
