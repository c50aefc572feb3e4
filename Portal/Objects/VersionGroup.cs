using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Objects;

/// <summary>Versions that stand together in the list: one that matters, or several in a row of which only the status differs.</summary>
/// <param name="Versions">Newest first, never empty.</param>
internal sealed record VersionGroup(IReadOnlyList<ObjectVersion> Versions)
{
    // Two are as quickly read as that there are two.
    private const int FewestFolded = 3;

    public bool IsQuiet => Versions.Count >= FewestFolded;

    /// <param name="versions">Newest first.</param>
    /// <param name="selected">Id of the call whose version is shown: it is never folded.</param>
    public static IReadOnlyList<VersionGroup> Of(IReadOnlyList<ObjectVersion> versions, string selected)
    {
        var groups = new List<VersionGroup>();
        var quiet = new List<ObjectVersion>();
        foreach (var version in versions)
        {
            if (version.Kind is ObjectVersionKinds.Status or ObjectVersionKinds.Same or ObjectVersionKinds.Seen && version.CallId != selected && !version.IsOtherObject)
            {
                quiet.Add(version);
                continue;
            }

            Close();
            groups.Add(new([version]));
        }

        Close();
        return groups;

        void Close()
        {
            groups.AddRange(quiet.Count >= FewestFolded ? [new([.. quiet])] : quiet.Select(version => new VersionGroup([version])));
            quiet.Clear();
        }
    }
}
