namespace KubeLens.Contracts.Search;

/// <summary>How a call travelled.</summary>
/// <param name="Client">From the client to the gateway.</param>
/// <param name="Upstream">From the gateway to the apiserver; null when the call used no connection there, or was recorded before these were kept.</param>
public sealed record ConnectionItem(SideItem Client, SideItem? Upstream);
