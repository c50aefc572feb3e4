using System.Text;

namespace KubeLens.Gateway.Redact.Rules.Paths;

/// <summary>One step of a JSONPath: into a member, an element, or any of both.</summary>
/// <param name="Name">The member's name; null for an element or any.</param>
/// <param name="Index">The element's; -1 for a member or any.</param>
/// <param name="Descends">Written with <c>..</c>: at any depth below.</param>
internal sealed record PathStep(string? Name, int Index, bool Descends)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(Name ?? "");

    public bool IsAny => Name is null && Index < 0;

    /// <summary>In any case: what a lenient reader would take for the member is redacted, too.</summary>
    public bool MatchesName(ReadOnlySpan<byte> name) => IsAny || (Name is not null && (name.SequenceEqual(_name) || Ascii.EqualsIgnoreCase(name, _name)));

    /// <param name="index">The element's place in its array.</param>
    /// <param name="isAnyPlace">In a patch an element's place is not that in the object.</param>
    public bool MatchesIndex(int index, bool isAnyPlace) => IsAny || (Index >= 0 && (isAnyPlace || Index == index));
}
