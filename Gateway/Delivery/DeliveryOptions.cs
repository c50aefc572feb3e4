namespace KubeLens.Gateway.Delivery;

/// <summary>How calls go from the spool to the Store.</summary>
internal sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>Most calls in a batch. Default 2,000.</summary>
    public int BatchCalls { get; set; } = 2000;

    /// <summary>A batch ends when its records reach this size, before compression. Default 4 MiB.</summary>
    public int BatchBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long a call waits for company. Default 250 ms.</summary>
    public TimeSpan BatchWait { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a call, and those behind it, wait for its bodies. Default 1 s.</summary>
    public TimeSpan BodyWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one send may take before it is tried again. Default 30 s.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stopping gateway goes on delivering; the rest waits in the spool. Default 3 s.</summary>
    public TimeSpan ShutdownBudget { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>What the batches that the Store refused may take on disk; beyond it the oldest go, with a log. Default 256 MiB.</summary>
    public long DeadLetterBytes { get; set; } = 256L * 1024 * 1024;
}
