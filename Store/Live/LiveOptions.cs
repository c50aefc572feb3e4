namespace KubeLens.Store.Live;

/// <summary>Section <c>Live</c>.</summary>
internal sealed class LiveOptions
{
    public const string Section = "Live";

    /// <summary>Feeds at the same time; each asks the database once for every delivery. One more is turned away.</summary>
    public int MaxFollowers { get; set; } = 50;

    /// <summary>Most calls that are sent at once; of more the newest.</summary>
    public int MaxAtOnce { get; set; } = 1000;

    /// <summary>After how long without a call a feed says that it is alive.</summary>
    public int AliveSeconds { get; set; } = 15;
}
