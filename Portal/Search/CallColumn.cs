namespace KubeLens.Portal.Search;

/// <summary>A column of calls.</summary>
/// <param name="Field">What it shows, as the query language names it; its cells have it as their class.</param>
/// <param name="Label">Its head.</param>
/// <param name="Least">Pixels that it takes at least.</param>
/// <param name="Share">Of the room that is left; 0 for none.</param>
/// <param name="NarrowLeast">As <paramref name="Least"/>, beside an open call.</param>
/// <param name="NarrowShare">As <paramref name="Share"/>, beside an open call.</param>
public sealed record CallColumn(string Field, string Label, int Least, double Share, int NarrowLeast, double NarrowShare)
{
    /// <summary>A column that is not among the usual ones; it is as wide in little room.</summary>
    public CallColumn(string field, string label, int least, double share = 0)
        : this(field, label, least, share, least, share)
    {
    }

    /// <summary>A number: it stands to the right.</summary>
    public bool IsNumber => Field is "latency" or "reqsize" or "respsize";

    /// <summary>All of its values are as long, and it has room for them.</summary>
    public bool IsId => Field is "audit" or "call" or "trace" or "span";

    /// <summary>Its width as CSS has it.</summary>
    public string Track(bool narrow)
    {
        var (least, share) = narrow ? (NarrowLeast, NarrowShare) : (Least, Share);
        return share > 0 ? FormattableString.Invariant($"minmax({least}px, {share}fr)") : FormattableString.Invariant($"{least}px");
    }
}
