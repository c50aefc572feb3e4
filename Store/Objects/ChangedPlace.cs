using System.Text.Json;

namespace KubeLens.Store.Objects;

/// <summary>Where two states of an object differ.</summary>
/// <param name="Path">From the object to it.</param>
/// <param name="Before">Null for what was added.</param>
/// <param name="After">Null for what went.</param>
internal readonly record struct ChangedPlace(IReadOnlyList<PathStep> Path, JsonElement? Before, JsonElement? After);
