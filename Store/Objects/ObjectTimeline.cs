namespace KubeLens.Store.Objects;

/// <summary>
/// Which calls are versions: every write, and of reads the oldest one that shows a resource version which no write made.
/// Whoever made or saw a version that is newer than that of a write ended after the write began: the version was not there before. So calls
/// that ended earlier need not be looked at, and caches, which answer with versions of the past, do no harm.
/// </summary>
internal static class ObjectTimeline
{
    /// <param name="calls">Newest first.</param>
    /// <param name="isAll">There is nothing more to come. Otherwise the first read that cannot be judged yet ends what is returned.</param>
    /// <returns>Places in <paramref name="calls"/>.</returns>
    public static List<int> VersionsOf(IReadOnlyList<ObjectCall> calls, bool isAll)
    {
        var made = calls.Where(call => call.IsChange).Select(call => call.Version).ToHashSet(StringComparer.Ordinal);
        var versions = new List<int>();
        for (var i = 0; i < calls.Count; i++)
        {
            if (calls[i].IsRead)
            {
                if (calls[i].Version.Length == 0 || made.Contains(calls[i].Version))
                {
                    continue;
                }

                if (IsFirstSight(calls, i) is not { } isFirst)
                {
                    if (!isAll)
                    {
                        return versions;
                    }
                }
                else if (!isFirst)
                {
                    continue;
                }
            }

            versions.Add(i);
        }

        return versions;
    }

    private static bool? IsFirstSight(IReadOnlyList<ObjectCall> calls, int read)
    {
        var version = calls[read].Version;
        var since = DateTime.MinValue;
        for (var i = read + 1; i < calls.Count; i++)
        {
            var call = calls[i];
            if (call.At < since)
            {
                return true;
            }

            if (call.Version == version)
            {
                return false;
            }

            if (call.IsChange && ResourceVersions.Compare(call.Version, version) is null or < 0 && call.StartedAt > since)
            {
                since = call.StartedAt;
            }
        }

        return null;
    }
}
