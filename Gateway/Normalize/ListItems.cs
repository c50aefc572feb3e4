namespace KubeLens.Gateway.Normalize;

/// <summary>Where the items of a list, or the rows of a Table, stand in a document: counted by who went through them anyway.</summary>
/// <param name="Start">After the opening bracket.</param>
/// <param name="End">Of the closing bracket.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct ListItems(int Start, int End, int Count)
{
    /// <summary>False where there are none, or the document ends among them.</summary>
    public bool AreKnown => End > 0;
}
