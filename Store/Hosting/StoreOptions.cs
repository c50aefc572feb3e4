namespace KubeLens.Store.Hosting;

/// <summary>Section <c>Store</c>: where the Store listens.</summary>
internal sealed class StoreOptions
{
    public const string Section = "Store";

    /// <summary>The address to bind; only loopback ones are allowed, because the Store speaks plain http.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; set; } = 6445;
}
