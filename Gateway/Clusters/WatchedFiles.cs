using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Clusters;

/// <summary>
/// Whether files have changed since the last look: by time, length and what a link leads to, which is how a mounted volume
/// changes. No notifications, which network file systems and links do not give.
/// </summary>
internal sealed class WatchedFiles
{
    private string? _seen;

    public bool Changed(IEnumerable<string> paths)
    {
        var now = string.Join('\n', paths.Select(State));
        var changed = _seen is not null && _seen != now;
        _seen = now;
        return changed;
    }

    /// <summary>The files of a kubeconfig setting; none while there are none.</summary>
    public static IReadOnlyList<string> Of(string kubeconfig)
    {
        try
        {
            return KubeconfigSources.Find(kubeconfig);
        }
        catch (KubeconfigException)
        {
            // Its absence is a state like another; whoever reads it says what is missing.
            return [];
        }
    }

    private static string State(string path)
    {
        try
        {
            var file = new FileInfo(path);
            var target = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? file;
            return target.Exists ? $"{path} {target.FullName} {target.LastWriteTimeUtc.Ticks} {target.Length}" : $"{path} -";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path} {e.Message}";
        }
    }
}
