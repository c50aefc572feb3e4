using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Telemetry;

namespace KubeLens.Gateway.Capture;

/// <summary>Metrics of the meter <c>KubeLens.Gateway.Capture</c>.</summary>
internal static partial class CaptureMetrics
{
    private static readonly Meter Meter = new("KubeLens.Gateway.Capture");
    private static readonly Counter<long> CallsRecorded = Meter.CreateCounter<long>("kubelens.capture.calls", "{call}", "Calls recorded, by verb");
    private static readonly Counter<long> Bodies = Meter.CreateCounter<long>("kubelens.capture.bodies.dropped", "{body}", "Calls whose bodies were dropped before redaction, by reason");

    private static readonly Counter<long> BodiesTaken = Meter.CreateCounter<long>("kubelens.capture.bodies", "{body}", "Bodies by direction and by what became of them: whole, truncated, notCaptured, unsupportedType, undecodable, dropped, metadataOnly");
    private static readonly Counter<long> BodyBytes = Meter.CreateCounter<long>("kubelens.capture.bytes", "By", "Bytes of bodies that are kept, redacted, by direction");
    private static readonly Counter<long> RedactedValues = Meter.CreateCounter<long>("kubelens.capture.redacted", "{value}", "Values replaced in bodies, by direction");
    private static readonly string[] Notes = [.. Enum.GetNames<CallBodyNote>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private static readonly Counter<long> CallsRefused = Meter.CreateCounter<long>("kubelens.capture.calls.refused", "{call}", "Calls not forwarded because they could not have been recorded (Capture:OnPressure=Refuse)");

    private static readonly Counter<long> Requestless = Meter.CreateCounter<long>("kubelens.capture.connections.requestless", "{connection}", "Client connections that ended without a request, by error.type: tls_handshake, bad_request, timeout, closed, proxy_refused");
    private static readonly Counter<long> MalformedRequests = Meter.CreateCounter<long>("kubelens.capture.requests.malformed", "{request}", "What clients sent and was no HTTP request, by the status that answered it");

    private static readonly Counter<long> Skipped = Meter.CreateCounter<long>("kubelens.capture.policy.skipped", "{call}", "Calls that a rule of the capture policy left out of the record, by rule, cluster and reason: none, sample");

    private static readonly Counter<long> Open = Meter.CreateCounter<long>("kubelens.capture.open.told", "{state}", "States of calls in flight that the Store took");
    private static readonly Counter<long> OpenLost = Meter.CreateCounter<long>("kubelens.capture.open.dropped", "{state}", "States of calls in flight that the Store did not take; it is told their next ones");
    private static readonly Counter<long> Undecoded = Meter.CreateCounter<long>("kubelens.capture.sessions.undecoded", "{session}", "Exec, attach and port-forward whose streams could not be read to their end, by reason");

    public static void OpenTold(int calls) => Open.Add(calls);

    public static void OpenDropped(int calls) => OpenLost.Add(calls);

    // A number in it is the peer's: "a frame is of SPDY version 7".
    public static void NotDecoded(string reason) => Undecoded.Add(1, new KeyValuePair<string, object?>("reason", Numbers().Replace(reason, "N")));

    public static void LeftOut(string rule, string cluster, string reason) =>
        Skipped.Add(1, new KeyValuePair<string, object?>("rule", rule), new KeyValuePair<string, object?>("k8s.cluster.name", cluster), new KeyValuePair<string, object?>("reason", reason));

    public static void EndedWithoutRequest(string reason) => Requestless.Add(1, new KeyValuePair<string, object?>("error.type", reason));

    public static void Malformed(int status) => MalformedRequests.Add(1, new KeyValuePair<string, object?>("http.response.status_code", status));

    public static void Refused() => CallsRefused.Add(1);

    // A non-resource request's verb is its method, which may be any word.
    public static void Recorded(string verb)
    {
        if (CallsRecorded.Enabled)
        {
            CallsRecorded.Add(1, new KeyValuePair<string, object?>("k8s.api.verb", SpanNames.Verb(verb)));
        }
    }

    /// <summary>A body is ready for the record, or is not kept; one that never was is not counted.</summary>
    public static void BodyTaken(CallBody body, bool isRequest)
    {
        if (!BodiesTaken.Enabled || body == CallBody.None)
        {
            return;
        }

        var direction = new KeyValuePair<string, object?>("direction", isRequest ? "request" : "response");
        BodiesTaken.Add(1, direction, new KeyValuePair<string, object?>("note", Notes[(int)body.Note]));
        BodyBytes.Add(body.Content.Length, direction);
        RedactedValues.Add(body.RedactedValues, direction);
    }

    public static void BodiesDropped(string reason) => Bodies.Add(1, new KeyValuePair<string, object?>("reason", reason));

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}
