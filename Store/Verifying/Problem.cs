namespace KubeLens.Store.Verifying;

/// <summary>Something that is not as it was stored.</summary>
/// <param name="Where">The hour, table and key.</param>
/// <param name="What">What is wrong there, and what it means.</param>
/// <param name="Next">How to proceed.</param>
internal sealed record Problem(string Where, string What, string Next)
{
    public const string Restore = "restore it from a backup, or leave it until retention drops it";

    /// <summary>The line that is printed.</summary>
    public override string ToString() => $"{Where}: {What}. Next: {Next}.";
}
