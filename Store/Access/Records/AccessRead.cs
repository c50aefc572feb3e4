using KubeLens.Contracts.Access;
using KubeLens.Contracts.Query;

namespace KubeLens.Store.Access.Records;

/// <summary>What somebody is about to read.</summary>
/// <param name="Action">One of <see cref="AccessActions"/>.</param>
/// <param name="CallId">The call; empty where it is not one.</param>
/// <param name="Subject">The query of an export or a search, the object of a history.</param>
/// <param name="Format">Of an export.</param>
/// <param name="Range">Of an export, a search and a history.</param>
internal sealed record AccessRead(string Action, string CallId = "", string Subject = "", string Format = "", TimeRange? Range = null);
