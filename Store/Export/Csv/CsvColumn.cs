using KubeLens.Contracts.Search;

namespace KubeLens.Store.Export.Csv;

/// <param name="Name">The field of the query language, or what the API calls it where that has none.</param>
/// <param name="Value">Its text; empty where the call has none.</param>
internal sealed record CsvColumn(string Name, Func<CallDetails, string> Value);
