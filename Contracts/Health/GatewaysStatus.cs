namespace KubeLens.Contracts.Health;

/// <summary>The gateways that were heard of.</summary>
/// <param name="Known">By name, at most 200.</param>
public sealed record GatewaysStatus(IReadOnlyList<GatewayStatus> Known);

/// <summary>One of them.</summary>
/// <param name="Name">As it calls itself.</param>
/// <param name="Boots">How many of its starts are remembered.</param>
/// <param name="Boot">Of the newest start.</param>
/// <param name="BootSeenAt">When that was heard of first.</param>
/// <param name="LeaseAt">When it last said that it lives; null where it never did.</param>
/// <param name="Lives">Whether that was within three of its intervals; null where it never did.</param>
/// <param name="DeliveredUntil">It has delivered all that had ended before; null where it does not say.</param>
/// <param name="LastDeliveryAt">When its last batch came, of those that were made within a week; null for none.</param>
public sealed record GatewayStatus(
    string Name, int Boots, string Boot, DateTimeOffset BootSeenAt, DateTimeOffset? LeaseAt, bool? Lives, DateTimeOffset? DeliveredUntil, DateTimeOffset? LastDeliveryAt);
