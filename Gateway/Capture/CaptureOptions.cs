using System.ComponentModel.DataAnnotations;

namespace KubeLens.Gateway.Capture;

/// <summary>How much of each exchange is copied while it passes. Forwarding never waits for any of it.</summary>
internal sealed class CaptureOptions
{
    public const string Section = "Capture";

    /// <summary>First bytes kept of a request body, as they pass on the wire; the rest is counted only. Default 256 KiB.</summary>
    [Range(0, 16 * 1024 * 1024, ErrorMessage = "Capture:RequestBodyBytes must lie between 0 and 16777216 (bytes)")]
    public int RequestBodyBytes { get; set; } = 256 * 1024;

    /// <summary>First bytes kept of a response body. Default 256 KiB.</summary>
    [Range(0, 16 * 1024 * 1024, ErrorMessage = "Capture:ResponseBodyBytes must lie between 0 and 16777216 (bytes)")]
    public int ResponseBodyBytes { get; set; } = 256 * 1024;

    /// <summary>The most bytes of a terminal's recording, where a rule of <c>Capture:Policy</c> wants one; the rest is counted only. Default 1 MiB.</summary>
    [Range(0, 16 * 1024 * 1024, ErrorMessage = "Capture:RecordingBytes must lie between 0 and 16777216 (bytes)")]
    public int RecordingBytes { get; set; } = 1024 * 1024;

    /// <summary>First events of a watch that are told one by one; all of them are counted. Default 100.</summary>
    [Range(0, 1000, ErrorMessage = "Capture:WatchEvents must lie between 0 and 1000 (events)")]
    public int WatchEvents { get; set; } = 100;

    /// <summary>Memory for the kept bodies of calls under way and of those that wait for redaction; watches and other streams may hold half of it. Beyond it bodies are dropped and counted. Default 128 MiB.</summary>
    [Range(1024 * 1024, 4L * 1024 * 1024 * 1024, ErrorMessage = "Capture:BufferBytes must lie between 1048576 and 4294967296 (bytes)")]
    public long BufferBytes { get; set; } = 128L * 1024 * 1024;

    /// <summary>Calls whose bodies may wait for redaction; beyond it bodies are dropped and counted. Default 8192.</summary>
    [Range(16, 1_000_000, ErrorMessage = "Capture:QueueLength must lie between 16 and 1000000 (calls)")]
    public int QueueLength { get; set; } = 8192;

    /// <summary>How often the Store is told how far watches, shells and other long calls have come. A gateway that is silent three times as long counts as lost. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "Capture:OpenUpdate must lie between 00:00:01 and 00:10:00 (hours:minutes:seconds)")]
    public TimeSpan OpenUpdate { get; set; } = TimeSpan.FromSeconds(10);
}
