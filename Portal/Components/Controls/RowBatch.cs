namespace KubeLens.Portal.Components.Controls;

/// <summary>Rows of one page of results, as markup. Compared by reference: each batch is its own.</summary>
public sealed class RowBatch(string html, int count)
{
    /// <summary>How many rows it has.</summary>
    public int Count => count;

    public string Html => html;
}
