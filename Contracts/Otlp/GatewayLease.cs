namespace KubeLens.Contracts.Otlp;

/// <summary>A gateway's word that one start of it lives.</summary>
/// <param name="Gateway">Its name.</param>
/// <param name="Boot">16 hexadecimal digits.</param>
/// <param name="Interval">When the next word is to come.</param>
/// <param name="DeliveredUntil">Every call that ended before is delivered, or will never be; null when that is not known.</param>
public sealed record GatewayLease(string Gateway, string Boot, TimeSpan Interval, DateTimeOffset? DeliveredUntil = null);
