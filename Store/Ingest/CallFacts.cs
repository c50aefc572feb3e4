using KubeLens.Contracts.Calls;
using KubeLens.Store.Database;
using KubeLens.Store.Packing;

namespace KubeLens.Store.Ingest;

/// <summary>
/// What bodies, options and headers told of a call, on its way into the tables: what is searched goes to the row. Most calls
/// have no options and no warnings, and then no entry.
/// </summary>
internal sealed class CallFacts(CallRecord call)
{
    private const int LongestVersion = 32;

    public Guid? Uid { get; } = IdOf(call.Object.Uid);

    public string ResourceVersion { get; } = call.Object.ResourceVersion.Length <= LongestVersion ? StoredText.Fit(call.Object.ResourceVersion, StoredText.IndexedBytes) : "";

    public Guid? Session { get; } = IdOf(call.Program.Session);

    /// <summary>Null without any.</summary>
    public DimKey? Options { get; } = OptionsOf(call);

    /// <summary>Null without any.</summary>
    public DimKey? Warnings { get; } = call.Advice.Warnings.Count == 0 ? null : new DimKey(DimKind.Warnings, "", call.Advice.Warnings);

    public IEnumerable<DimKey> Keys
    {
        get
        {
            if (Options is not null)
            {
                yield return Options;
            }

            if (Warnings is not null)
            {
                yield return Warnings;
            }
        }
    }

    /// <summary>Adds what the row does not have.</summary>
    public void Keep(StoredCall stored)
    {
        stored.Object = StoredFacts.Of(call.Object, Uid is not null, ResourceVersion.Length > 0);
        stored.Options = StoredFacts.Of(call.Options);
        stored.Listing = StoredFacts.Of(call.Listing);
        stored.Advice = StoredFacts.Of(call.Advice);
        stored.KubectlSession = Session is null ? call.Program.Session : "";
    }

    // In the order of OptionParts.
    private static DimKey? OptionsOf(CallRecord call)
    {
        var options = call.Options;
        string[] parts = [options.DryRun ? OptionParts.True : "", options.PatchType, options.ResourceVersionMatch, options.Propagation, call.LabelSelector, call.FieldSelector, call.Program.Command];
        return options.FieldManager.Length == 0 && parts.All(part => part.Length == 0) ? null : new DimKey(DimKind.Options, options.FieldManager, parts);
    }

    // Only what comes out of the column as it went in.
    private static Guid? IdOf(string text) => Guid.TryParseExact(text, "D", out var id) && id.ToString("D") == text ? id : null;
}
