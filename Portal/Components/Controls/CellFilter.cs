namespace KubeLens.Portal.Components.Controls;

/// <summary>A cell's value to search for, or to leave out.</summary>
/// <param name="Field">By its name in the query language.</param>
/// <param name="Value">As the query language names it.</param>
/// <param name="Excluded">To leave it out.</param>
public sealed record CellFilter(string Field, string Value, bool Excluded);
