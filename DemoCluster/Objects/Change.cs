namespace KubeLens.DemoCluster.Objects;

/// <summary>One change of one object. Which type of event it is depends on who looks: see the watch's selectors.</summary>
/// <param name="Version">The resourceVersion that it made.</param>
/// <param name="Before">Null when it was created.</param>
/// <param name="After">Null when it was removed.</param>
/// <param name="Last">The object as the event shows it; after a removal it bears the removal's resourceVersion.</param>
internal sealed record Change(long Version, StoredObject? Before, StoredObject? After, StoredObject Last)
{
    public string StorageKey => Last.Storage.StorageKey;
}
