using KubeLens.Portal.Search;

namespace KubeLens.Portal.Components.Controls;

/// <summary>A line of a <see cref="FactList"/>.</summary>
/// <param name="Value">Empty where there is none.</param>
/// <param name="Search">Where a click on the value leads; null for a value that is text only.</param>
public sealed record Fact(string Name, string Value, bool Mono = false, SearchUrl? Search = null);
