namespace KubeLens.Portal.Store;

/// <summary>The <c>Store</c> section.</summary>
internal sealed class StoreOptions
{
    public const string Section = "Store";

    /// <summary>Where the Store's API is.</summary>
    public string Address { get; set; } = "http://127.0.0.1:6445";

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
