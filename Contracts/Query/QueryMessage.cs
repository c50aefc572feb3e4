namespace KubeLens.Contracts.Query;

/// <summary>Something wrong, or suspicious, in a query or its time range.</summary>
/// <param name="Code"><c>Q…</c> is an error, <c>W…</c> a warning; the list is in <c>docs/query-language.md</c>.</param>
/// <param name="Parameter">Which request parameter: <c>q</c>, <c>from</c>, <c>to</c>, <c>limit</c>, <c>cursor</c>, <c>format</c>, <c>buckets</c>, <c>fields</c>, <c>top</c>, <c>cluster</c> or <c>uid</c>; of a saved search also <c>name</c>, <c>query</c> or <c>columns</c>; of an access review <c>subject</c>, <c>scope</c>, <c>level</c>, <c>denied</c> or <c>wildcards</c>.</param>
/// <param name="Column">0-based UTF-16 offset of the first wrong character in that parameter.</param>
/// <param name="Length">How many characters are meant, at least 1.</param>
/// <param name="Text">What is wrong, one sentence.</param>
/// <param name="Fix">The whole parameter as it should probably be, or empty.</param>
public sealed record QueryMessage(string Code, string Parameter, int Column, int Length, string Text, string Fix)
{
    public bool IsError => Code.StartsWith('Q');
}
