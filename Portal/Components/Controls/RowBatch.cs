namespace KubeLens.Portal.Components.Controls;

/// <summary>Rows of one page of results, as markup. Compared by reference: each batch is its own.</summary>
public sealed class RowBatch(string html)
{
    public string Html => html;
}
