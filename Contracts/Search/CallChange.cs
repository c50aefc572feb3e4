namespace KubeLens.Contracts.Search;

/// <summary>What one call did to its object.</summary>
/// <param name="Version">The same as in the object's history.</param>
/// <param name="Before">The nearest state before the call; null when none is known, and for what the call created.</param>
/// <param name="After">The state after the call; null when none is known, and when the object is gone. For a delete whose answer holds the object, its last state is in <paramref name="Before"/>.</param>
public sealed record CallChange(ObjectVersion Version, ObjectState? Before, ObjectState? After);
