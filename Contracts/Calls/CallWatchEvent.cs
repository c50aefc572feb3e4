namespace KubeLens.Contracts.Calls;

/// <summary>One event of a watch. Absent text is empty.</summary>
/// <param name="Type"><c>ADDED</c>, <c>MODIFIED</c>, <c>DELETED</c>, <c>BOOKMARK</c>, <c>ERROR</c>, or what else it said.</param>
/// <param name="Namespace">Of its object.</param>
/// <param name="Name">Of its object.</param>
/// <param name="ResourceVersion">Of its object.</param>
/// <param name="Bytes">Of the event, without line end or frame.</param>
/// <param name="AtUs">When it had passed, in microseconds since the call's start.</param>
public sealed record CallWatchEvent(string Type, string Namespace, string Name, string ResourceVersion, long Bytes, long AtUs);
