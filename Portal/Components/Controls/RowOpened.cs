namespace KubeLens.Portal.Components.Controls;

/// <summary>A row to show the details of.</summary>
public sealed record RowOpened(string Id, bool ByKey);
