namespace KubeLens.DemoCluster.Objects;

/// <param name="Object">As it was when removed, or as marked.</param>
/// <param name="Removed">False: it is marked with a deletionTimestamp and goes later.</param>
internal readonly record struct DeleteResult(StoredObject Object, bool Removed);
