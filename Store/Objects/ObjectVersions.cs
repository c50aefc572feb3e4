using KubeLens.Contracts.Search;

namespace KubeLens.Store.Objects;

/// <summary>
/// Says of a call what it did to its object:
/// <code>
/// 1 what its bodies say → 2 the state before, among older calls → 3 what differs → 4 whether anything can have come between → 5 the kind
/// </code>
/// </summary>
internal sealed class ObjectVersions(ObjectCalls calls, ObjectFactsReader facts)
{
    private readonly ObjectPast _past = new(calls, facts);

    /// <param name="place">Of the call in what is read of the calls.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<DescribedVersion> DescribeAsync(int place, CancellationToken cancellationToken)
    {
        var call = calls.Read[place];
        var (known, uid, before, changes) = await CompareAsync(place, cancellationToken);
        var basis = changes is not null ? ObjectComparison.BasisOf(call, known, before!, changes)
            : IsCreation(call) && known.Body is not null ? ObjectChangeBases.Exact
            : ObjectChangeBases.None;
        var earlier = uid.Length > 0 ? await EarlierUidAsync(place, cancellationToken) : "";
        var version = new ObjectVersion
        {
            CallId = call.Item.Id,
            Time = call.Item.Time,
            User = call.Item.User,
            UserAgent = call.Item.UserAgent,
            Verb = call.Item.Verb,
            Subresource = call.Item.Subresource,
            Status = call.Item.Status,
            Kind = KindOf(call, known, changes),
            Uid = uid,
            ResourceVersion = known.Object.ResourceVersion,
            Generation = known.Object.Generation,
            HasState = known.Body is not null,
            Basis = basis,
            Changes = changes?.First ?? [],
            ChangeCount = changes?.Count ?? 0,
            GapBefore = basis == ObjectChangeBases.Inferred || (call.IsRead && basis == ObjectChangeBases.None && earlier.Length > 0 && earlier == uid),
            IsOtherObject = earlier.Length > 0 && earlier != uid,
        };
        return new DescribedVersion(version, before, known.Body);
    }

    /// <summary>What the call changed; null where that is not known, and for what it made or deleted.</summary>
    /// <param name="place">Of the call in what is read of the calls.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ObjectChanges?> ChangesAsync(int place, CancellationToken cancellationToken) => (await CompareAsync(place, cancellationToken)).Changes;

    /// <summary>The newest state that is known from before the call, whatever became of it; null when none is, and for what the call made.</summary>
    /// <param name="place">Of the call in what is read of the calls.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ObjectBody?> StateBeforeAsync(int place, CancellationToken cancellationToken)
    {
        var call = calls.Read[place];
        if (IsCreation(call))
        {
            return null;
        }

        var uid = call.Uid.Length > 0 ? call.Uid : await EarlierUidAsync(place, cancellationToken);
        return uid.Length > 0 ? await _past.FindAsync(place, body: null, uid, insisted: "", cancellationToken) : null;
    }

    // 1 to 3
    private async Task<(ObjectFacts Known, string Uid, ObjectBody? Before, ObjectChanges? Changes)> CompareAsync(int place, CancellationToken cancellationToken)
    {
        var call = calls.Read[place];
        var known = await facts.ReadAsync(call, cancellationToken);
        var uid = known.Body?.Uid ?? known.Object.Uid;
        var isCompared = uid.Length > 0 && (known.Body is not null || known.Replicas is not null) && !IsCreation(call);
        var before = isCompared ? await _past.FindAsync(place, known.Body, uid, known.Object.ResourceVersionBefore, cancellationToken) : null;
        return (known, uid, before, before is null || call.Item.Verb == "delete" ? null : ObjectComparison.Of(before, known));
    }

    // Of the object that calls before this one were about; empty when none told it.
    private async Task<string> EarlierUidAsync(int place, CancellationToken cancellationToken)
    {
        for (var i = place + 1; i < calls.Read.Count || await calls.ReadOlderAsync(cancellationToken) > 0; i++)
        {
            if (calls.Read[i].Uid.Length > 0)
            {
                return calls.Read[i].Uid;
            }
        }

        return "";
    }

    // An apply or an update of what is not there makes it, and says so.
    private static bool IsCreation(ObjectCall call) =>
        call is { Succeeded: true, IsDryRun: false, Item.Subresource: "" } && (call.Item.Verb == "create" || (call.Row.Status == StatusCodes.Status201Created && call.Item.Verb is "update" or "patch"));

    private static string KindOf(ObjectCall call, ObjectFacts known, ObjectChanges? changes)
    {
        if (call.IsRead)
        {
            return ObjectVersionKinds.Seen;
        }

        if (!call.Succeeded)
        {
            return ObjectVersionKinds.Failed;
        }

        if (call.IsDryRun)
        {
            return ObjectVersionKinds.Same;
        }

        if (call.Item.Verb == "delete" || call.Item.Subresource == ObjectSubresources.Eviction)
        {
            return ObjectVersionKinds.Deleted;
        }

        if (IsCreation(call))
        {
            return ObjectVersionKinds.Created;
        }

        if (changes is { Count: 0 } || (call.Version.Length > 0 && call.Version == known.Object.ResourceVersionBefore))
        {
            return ObjectVersionKinds.Same;
        }

        return call.Item.Subresource == ObjectSubresources.Status || changes?.Count == changes?.OfStatus && changes is not null ? ObjectVersionKinds.Status : ObjectVersionKinds.Changed;
    }
}

/// <summary>A version, and the states around it.</summary>
/// <param name="Version">What the call did.</param>
/// <param name="Before">The state that it is compared with; null where there is none to compare.</param>
/// <param name="Body">The object in the answer; of a delete it is the last state.</param>
internal sealed record DescribedVersion(ObjectVersion Version, ObjectBody? Before, ObjectBody? Body);
