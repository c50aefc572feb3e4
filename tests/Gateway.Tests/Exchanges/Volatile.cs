using System.Text.RegularExpressions;
using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Tests.Exchanges;

/// <summary>What is another at each run of the same exchange, or on another machine, and so no part of its golden file. What is not here is compared.</summary>
internal static partial class Volatile
{
    /// <param name="keepsDate">Whether the exchange has a <c>Date</c> of its own; else the gateway's server says the time.</param>
    public static CallRecord Without(CallRecord call, bool keepsDate) => call with
    {
        Time = default, // when it ended
        LatencyUs = 0, // how long it took
        Timings = CallTimings.None, // likewise, and whether it opened the upstream's connection
        Position = null, // how delivery cut its batches
        Boot = "", // of one start of the gateway
        Sequence = 0, // likewise
        AuditId = Guid.Empty, // minted for each call
        TraceId = "", // likewise
        SpanId = "", // likewise
        Watch = Without(call.Watch),
        Announced = false, // whether it took more than 250 ms
        Caller = "", // whoever runs the tests
        Client = Without(call.Client) with { CertificateSubject = "", CertificateIssuer = "" }, // as Caller, and a name made for the run
        Upstream = Without(call.Upstream),
        UpstreamRequest = 0, // how often the connection was used before
        ResponseHeaders = keepsDate ? call.ResponseHeaders : [.. call.ResponseHeaders.Where(header => header.Name != "date")],
    };

    /// <summary>The upstream has a free port, which the gateway's own answers name.</summary>
    public static string WithoutPort(string text) => UpstreamAddress().Replace(text, "https://127.0.0.1:0/");

    // When each event came.
    private static CallWatch Without(CallWatch watch) => watch == CallWatch.None ? watch : watch with
    {
        FirstUs = watch.FirstUs is null ? null : 0,
        LastUs = watch.LastUs is null ? null : 0,
        Events = [.. watch.Events.Select(one => one with { AtUs = 0 })],
    };

    private static CallSide Without(CallSide side) => side with
    {
        Port = 0, // a free one
        Cipher = "", // the choice of the machine's TLS library
        CertificateSha256 = "", // of a certificate made for the run
    };

    [GeneratedRegex(@"https://127\.0\.0\.1:[1-9]\d{4}/")]
    private static partial Regex UpstreamAddress();
}
