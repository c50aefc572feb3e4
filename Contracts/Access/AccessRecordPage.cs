namespace KubeLens.Contracts.Access;

/// <summary>One page, newest first.</summary>
/// <param name="Items">At most <c>limit</c>.</param>
/// <param name="Next">Opaque; the next page's <c>cursor</c>, or null at the end.</param>
public sealed record AccessRecordPage(IReadOnlyList<AccessRecordItem> Items, string? Next);
