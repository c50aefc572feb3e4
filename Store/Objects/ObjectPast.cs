namespace KubeLens.Store.Objects;

/// <summary>Finds the state that an object had before a call.</summary>
internal sealed class ObjectPast(ObjectCalls calls, ObjectFactsReader facts)
{
    /// <summary>Most calls whose bodies are looked at for one state: controllers may leave none that has names.</summary>
    public const int MaxLooked = 50;

    /// <param name="call">A place in what is read of the calls.</param>
    /// <param name="body">The object after the call; null where only its version is known.</param>
    /// <param name="uid">Of the object.</param>
    /// <param name="insisted">The version that the request insisted on; empty without one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>That of the version that the request insisted on, else of the newest one that is no newer than the call's own. Null when none is known.</returns>
    public async Task<ObjectBody?> FindAsync(int call, ObjectBody? body, string uid, string insisted, CancellationToken cancellationToken)
    {
        var version = calls.Read[call].Version;
        var (best, looked) = (default(ObjectBody), 0);
        for (var i = call + 1; looked < MaxLooked && (i < calls.Read.Count || (best is null && await calls.ReadOlderAsync(cancellationToken) > 0)); i++)
        {
            var older = calls.Read[i];
            if (older.IsChange && ((older.Uid.Length > 0 && older.Uid != uid) || (best is not null && IsNoNewer(older.Version, best.ResourceVersion))))
            {
                break;
            }

            if (!IsCandidate(older, uid, version) || (best is not null && IsNoNewer(older.Version, best.ResourceVersion)))
            {
                continue;
            }

            looked++;
            if ((await facts.ReadAsync(older, cancellationToken)).Body is { } found && IsSame(found, uid, body))
            {
                best = found;
                if (found.ResourceVersion == insisted || !older.IsRead)
                {
                    break;
                }
            }
        }

        return best;
    }

    private static bool IsCandidate(ObjectCall older, string uid, string version) =>
        older.MayHaveState && older.Version.Length > 0 && (older.Uid.Length == 0 || older.Uid == uid) && IsNoNewer(older.Version, version);

    private static bool IsNoNewer(string version, string other) => ResourceVersions.Compare(version, other) is null or <= 0;

    private static bool IsSame(ObjectBody found, string uid, ObjectBody? body) =>
        string.Equals(found.Uid, uid, StringComparison.OrdinalIgnoreCase) && (body is null || found.ApiVersion == body.ApiVersion);
}
