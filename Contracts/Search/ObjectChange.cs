namespace KubeLens.Contracts.Search;

/// <summary>One place of an object, before and after.</summary>
/// <param name="Path">As in <c>spec.template.spec.containers[name=web].image</c>: items of lists whose items have names, all of them and each another, go by name, those of <c>conditions</c> by <c>type</c>, others by index; keys with other characters than letters, digits, <c>-</c> and <c>_</c> are quoted in brackets, <c>metadata.labels["app.kubernetes.io/name"]</c>. Longer than 1,000 characters it is cut, and ends with an ellipsis.</param>
/// <param name="Before">JSON of the value, at most 200 characters, of which the last is an ellipsis where it was cut; null when there was none.</param>
/// <param name="After">Likewise; null when there is none.</param>
public sealed record ObjectChange(string Path, string? Before, string? After);
