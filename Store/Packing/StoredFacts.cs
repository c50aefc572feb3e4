using KubeLens.Contracts.Calls;

namespace KubeLens.Store.Packing;

/// <summary>What bodies, options and headers told of a call, in the form in which it is stored; null where there is nothing.</summary>
internal static class StoredFacts
{
    /// <param name="known">As it was told.</param>
    /// <param name="uidIsColumn">The uid is in the row.</param>
    /// <param name="versionIsColumn">The resource version is in the row.</param>
    public static StoredObject? Of(CallObject known, bool uidIsColumn, bool versionIsColumn)
    {
        var stored = new StoredObject
        {
            Uid = uidIsColumn ? "" : known.Uid,
            ResourceVersion = versionIsColumn ? "" : known.ResourceVersion,
            ResourceVersionBefore = known.ResourceVersionBefore,
            OwnerKind = known.OwnerKind,
            OwnerName = known.OwnerName,
            Message = known.Message,
        };
        if (known.Generation is { } generation)
        {
            stored.Generation = generation;
        }

        return stored.CalculateSize() > 0 ? stored : null;
    }

    public static StoredOptions? Of(CallOptions options)
    {
        var stored = new StoredOptions { ResourceVersion = options.ResourceVersion, Continued = options.Continued };
        if (options.Limit is { } limit)
        {
            stored.Limit = limit;
        }

        return stored.CalculateSize() > 0 ? stored : null;
    }

    public static StoredListing? Of(CallListing listing)
    {
        var stored = new StoredListing { Part = (int)listing.Part, Continues = listing.Continues };
        if (listing.Items is { } items)
        {
            stored.Items = items;
        }

        if (listing.RemainingItems is { } remaining)
        {
            stored.RemainingItems = remaining;
        }

        return stored.CalculateSize() > 0 ? stored : null;
    }

    public static StoredAdvice? Of(CallAdvice advice) => advice.FlowSchema.Length + advice.PriorityLevel.Length == 0
        ? null
        : new StoredAdvice { FlowSchema = advice.FlowSchema, PriorityLevel = advice.PriorityLevel };
}
