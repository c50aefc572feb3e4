namespace KubeLens.Store.Access.Limits;

/// <summary>Section <c>Limits</c>: how much one token, or one session, may ask for. Services that deliver have limits of their own (<c>Ingest</c>).</summary>
internal sealed class LimitOptions
{
    public const string Section = "Limits";

    /// <summary>As a mean. 0 for no limit.</summary>
    public int RequestsPerSecond { get; set; } = 50;

    /// <summary>At one time, after a while of silence.</summary>
    public int Burst { get; set; } = 500;
}
