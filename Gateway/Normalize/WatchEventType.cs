namespace KubeLens.Gateway.Normalize;

/// <summary>Types of a <c>WatchEvent</c> (kubernetes/kubernetes, staging/src/k8s.io/apimachinery/pkg/watch/watch.go).</summary>
internal enum WatchEventType
{
    Added,
    Modified,
    Deleted,
    Bookmark,
    Error,

    /// <summary>Another, or none.</summary>
    Unknown,
}
