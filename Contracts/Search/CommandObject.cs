namespace KubeLens.Contracts.Search;

/// <summary>What some calls of a run were about: an object, or many of a kind. Absent text is empty.</summary>
/// <param name="ApiGroup">Empty for the core group.</param>
/// <param name="Resource">In the plural; calls on its subresources count.</param>
/// <param name="Namespace">Empty for all namespaces, and for what has none.</param>
/// <param name="Name">Empty for lists and watches.</param>
/// <param name="Calls">How many.</param>
/// <param name="Changed">Whether one of them changed it: a write that was answered with a status of 200 to 299 and was no dry run.</param>
public sealed record CommandObject(string ApiGroup, string Resource, string Namespace, string Name, int Calls, bool Changed);
