namespace KubeLens.Gateway.Delivery;

internal enum DeliveryVerdict
{
    Accepted,

    /// <summary>The same batch again, later.</summary>
    Retry,

    /// <summary>No repetition will help: out of the way, onto the disk.</summary>
    SetAside,
}
