using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture;
using KubeLens.Gateway.Capture.Sessions;
using KubeLens.Gateway.Capture.Sessions.Recording;
using KubeLens.Gateway.Redact;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Tests.Capture.Sessions;

/// <summary>Sessions without a gateway around them, and bytes of theirs that were captured.</summary>
internal static class SessionHarness
{
    public const int Cap = 1024 * 1024;

    private static readonly CallSession Asked = new() { Kind = "exec" };

    public static CaptureBudget Budget() => new(Options.Create(new CaptureOptions()));

    public static Session Open(SessionKind kind, string protocol, RecordingMode mode = RecordingMode.None, int cap = Cap, CaptureBudget? budget = null, TimeProvider? clock = null)
    {
        using var answer = new HttpResponseMessage();
        if (protocol.StartsWith("SPDY/3.1", StringComparison.Ordinal) && protocol != "SPDY/3.1+portforward.k8s.io")
        {
            answer.Headers.TryAddWithoutValidation("Upgrade", "SPDY/3.1");
            answer.Headers.TryAddWithoutValidation("X-Stream-Protocol-Version", protocol.Split('+').ElementAtOrDefault(1));
        }
        else
        {
            answer.Headers.TryAddWithoutValidation("Upgrade", "websocket");
            answer.Headers.TryAddWithoutValidation("Sec-WebSocket-Protocol", protocol);
        }

        return Open(kind, answer.Headers, mode, cap, budget, clock);
    }

    public static Session Open(SessionKind kind, HttpResponseHeaders answer, RecordingMode mode = RecordingMode.None, int cap = Cap, CaptureBudget? budget = null, TimeProvider? clock = null) =>
        new SessionOpener(budget ?? Budget(), SecretNames.Default, clock ?? TimeProvider.System).Open(kind, answer, mode, cap).ShouldNotBeNull();

    public static CallSession Describe(this Session session) => session.Describe(Asked);

    public static byte[] Golden(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Capture", "Sessions", "Golden", $"{name}.bin"));

    /// <summary>The client's bytes first, since it opens the streams, each direction in pieces of these sizes.</summary>
    public static void Feed(this Session session, byte[] client, byte[] server, Func<int> size)
    {
        foreach (var piece in Pieces(client, size))
        {
            session.FromClient(piece.Span);
        }

        foreach (var piece in Pieces(server, size))
        {
            session.FromServer(piece.Span);
        }
    }

    /// <summary>The text of a recording, without times and sizes.</summary>
    public static string Text(this CallBody recording, string code = "o") => string.Concat(Events(recording).Where(e => e.Code == code).Select(e => e.Text));

    public static IReadOnlyList<(double At, string Code, string Text)> Events(this CallBody recording) =>
        [.. Lines(recording).Skip(1).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).Select(e => (e[0].GetDouble(), e[1].GetString()!, e[2].GetString()!))];

    public static string[] Lines(this CallBody recording) => Encoding.UTF8.GetString(recording.Content.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A frame as servers send it, or, masked, as clients do.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> payload, bool masked, byte first = 0x82)
    {
        var bytes = new List<byte> { first };
        var flag = masked ? 0x80 : 0;
        if (payload.Length < 126)
        {
            bytes.Add((byte)(flag | payload.Length));
        }
        else
        {
            bytes.AddRange([(byte)(flag | 126), (byte)(payload.Length >> 8), (byte)payload.Length]);
        }

        byte[] mask = [0x12, 0xfe, 0x80, 0x07];
        bytes.AddRange(masked ? mask : []);
        for (var i = 0; i < payload.Length; i++)
        {
            bytes.Add((byte)(payload[i] ^ (masked ? mask[i & 3] : 0)));
        }

        return [.. bytes];
    }

    /// <summary>A message of a channel, from the server.</summary>
    public static void Says(this Session session, byte channel, string text) => session.FromServer(Frame([channel, .. Encoding.UTF8.GetBytes(text)], masked: false));

    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(byte[] bytes, Func<int> size)
    {
        for (int at = 0, length; at < bytes.Length; at += length)
        {
            length = Math.Min(Math.Max(1, size()), bytes.Length - at);
            yield return bytes.AsMemory(at, length);
        }
    }
}
