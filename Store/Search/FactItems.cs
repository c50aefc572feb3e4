using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;
using KubeLens.Store.Packing;

namespace KubeLens.Store.Search;

/// <summary>What bodies, options and headers told of a call, as the API tells it.</summary>
internal static class FactItems
{
    public static ObjectItem Object(Call row, StoredCall stored)
    {
        var known = stored.Object ?? new StoredObject();
        return new ObjectItem
        {
            Uid = row.Uid?.ToString("D") ?? known.Uid,
            ResourceVersion = row.ResourceVersion.Length > 0 ? row.ResourceVersion : known.ResourceVersion,
            ResourceVersionBefore = known.ResourceVersionBefore,
            Generation = known.HasGeneration ? known.Generation : null,
            OwnerKind = known.OwnerKind,
            OwnerName = known.OwnerName,
        };
    }

    /// <param name="entry">Of the options; null without any.</param>
    /// <param name="stored">The rest.</param>
    public static OptionsItem? Options(Dim? entry, StoredOptions? stored) => entry is null && stored is null ? null : new OptionsItem
    {
        FieldManager = entry?.Value ?? "",
        DryRun = Part(entry, OptionParts.DryRun).Length > 0,
        PatchType = Part(entry, OptionParts.PatchType),
        ResourceVersion = stored?.ResourceVersion ?? "",
        ResourceVersionMatch = Part(entry, OptionParts.ResourceVersionMatch),
        Limit = stored is { HasLimit: true } ? stored.Limit : null,
        Continued = stored?.Continued ?? false,
        Propagation = Part(entry, OptionParts.Propagation),
    };

    public static ListingItem? Listing(StoredListing? stored) => stored is null ? null : new ListingItem(
        JsonNamingPolicy.CamelCase.ConvertName(((CallListingPart)stored.Part).ToString()),
        stored.HasItems ? stored.Items : null,
        stored.HasRemainingItems ? stored.RemainingItems : null,
        stored.Continues);

    public static AdviceItem Advice(Dim? warnings, StoredAdvice? stored) => new(warnings?.Parts ?? [], stored?.FlowSchema ?? "", stored?.PriorityLevel ?? "");

    public static ProgramItem Program(string userAgent, Dim? options, Call row, StoredCall stored)
    {
        var agent = ClientAgent.Read(userAgent);
        return new ProgramItem
        {
            Name = agent.Name,
            Version = agent.Version,
            Platform = agent.Platform,
            Component = agent.Component,
            Command = Part(options, OptionParts.Command),
            Session = row.Session?.ToString("D") ?? stored.KubectlSession,
        };
    }

    /// <summary>What the pack has of it, else what the row's entry has: the pack is dropped before the row.</summary>
    public static string Selector(string packed, Dim? options, int part) => packed.Length > 0 ? packed : Part(options, part);

    internal static string Part(Dim? entry, int part) => entry is { Parts: var parts } && part < parts.Length ? parts[part] : "";
}
