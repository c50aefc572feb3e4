using System.Text.Json;
using KubeLens.Contracts.Search;

namespace KubeLens.Store.Export.Har;

/// <summary>
/// Milliseconds; -1 where a phase did not happen or is not known. <paramref name="Ssl"/> is a part of <paramref name="Connect"/>.
/// Sending is not measured apart: it is in <paramref name="Wait"/>, which lasts to the head of the upstream's answer.
/// </summary>
internal readonly record struct HarTimings(decimal Connect, decimal Ssl, decimal Wait, decimal Receive)
{
    private const decimal None = -1;

    /// <summary>The sum of all phases, which is the call's latency.</summary>
    public decimal Time => Math.Max(Connect, 0) + Wait + Receive;

    public static HarTimings Of(CallDetails call)
    {
        var total = Math.Max((decimal)call.LatencyMs, 0);
        var timings = call.Timings;

        // They are measured by several clocks of one gateway, or said by some other producer: no phase outlasts the call.
        var tls = Math.Clamp((decimal)(timings.TlsMs ?? 0), 0, total);
        var connect = Math.Clamp((decimal)(timings.ConnectMs ?? 0) + tls, tls, total);
        var head = Math.Clamp(timings.FirstByteMs is { } first ? (decimal)first : total, connect, total);
        return new HarTimings(
            timings.ConnectMs is null && timings.TlsMs is null ? None : connect,
            timings.TlsMs is null ? None : tls,
            head - connect,
            total - head);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("timings");
        json.WriteNumber("blocked", None);
        json.WriteNumber("dns", None);
        json.WriteNumber("connect", Connect);
        json.WriteNumber("ssl", Ssl);
        json.WriteNumber("send", 0);
        json.WriteNumber("wait", Wait);
        json.WriteNumber("receive", Receive);
        json.WriteEndObject();
    }
}
