using System.Net.Http.Headers;
using KubeLens.Gateway.Redact;
using KubeLens.Gateway.Telemetry;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Capture.Watches;

/// <summary>Chooses the reader of a watch by what its answer says of itself.</summary>
internal sealed class WatchOpener(CaptureBudget budget, IOptions<CaptureOptions> options, TimeProvider clock)
{
    /// <param name="answer">Headers of the body.</param>
    /// <param name="startTimestamp">Of the call, of the clock.</param>
    /// <param name="keepsEvents">Single events are kept, too, and not counted only.</param>
    /// <param name="counted">Takes the events into metrics; null for none.</param>
    public Watch Open(HttpContentHeaders answer, long startTimestamp, bool keepsEvents, WatchEventCount? counted = null)
    {
        var tally = new WatchTally(keepsEvents ? options.Value.WatchEvents : 0, budget.Streams, () => clock.GetElapsedTime(startTimestamp), counted);
        var type = answer.NonValidated.TryGetValues("Content-Type", out var types) ? types.ToString() : "";
        var (encoding, reader) = MediaType.SyntaxOf(type) switch
        {
            BodySyntax.Json => ("json", new WatchJson(tally)),
            BodySyntax.Protobuf => ("protobuf", new WatchProtobuf(tally)),
            BodySyntax.Cbor => ("cbor", (IWatchReader)new WatchCbor(tally)),
            _ => ("other", null),
        };
        // No apiserver compresses a watch.
        var isPacked = answer.ContentEncoding.Any(name => !name.Equals("identity", StringComparison.OrdinalIgnoreCase));
        return isPacked
            ? new Watch(encoding, "its content is encoded", null, tally)
            : new Watch(encoding, reader is null ? "its media type is unknown" : "", reader, tally);
    }
}
