using KubeLens.Gateway.Capture.Sessions;
using KubeLens.Gateway.Capture.Sessions.Recording;
using KubeLens.Gateway.Tests.Capture.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.Gateway.Tests.Fuzz;

/// <summary>
/// Upgraded streams. The first byte of an input says which direction and kind, the second where it is cut. Whatever is sent, the decoders end without
/// a fault of their own, and neither one cut more nor time between the pieces makes a difference.
/// </summary>
internal static class SessionTargets
{
    // Every piece of one byte may become an event of its own.
    private const int Cap = 16 * 1024 * 1024;

    public static IEnumerable<FuzzTarget> All()
    {
        yield return Target("spdy", ["SPDY/3.1+v4.channel.k8s.io"], "spdy-exec", "spdy-terminal", "spdy-portforward");
        yield return Target("websocket", ["v5.channel.k8s.io", "v4.base64.channel.k8s.io", "SPDY/3.1+portforward.k8s.io"], "websocket-v4", "websocket-base64", "websocket-v4-base64");
    }

    private static FuzzTarget Target(string name, string[] protocols, params string[] goldens)
    {
        byte[][] clients = [.. goldens.Select(golden => SessionHarness.Golden($"{golden}.client"))];
        byte[][] servers = [.. goldens.Select(golden => SessionHarness.Golden($"{golden}.server"))];
        return new FuzzTarget(
            name,
            random =>
            {
                var isServer = random.Next(2);
                return [(byte)(isServer | (random.Next(64) << 1)), (byte)random.Next(256), .. FuzzMutator.Mutate(isServer == 1 ? servers : clients, random)];
            },
            input =>
            {
                if (input.Length > 2)
                {
                    Check(input, protocols[(input[0] >> 2) % protocols.Length], clients[(input[0] >> 4) % clients.Length]);
                }
            });
    }

    private static void Check(byte[] input, string protocol, byte[] opening)
    {
        var kind = (input[0] & 2) == 0 && !protocol.Contains("portforward", StringComparison.Ordinal) ? SessionKind.Exec : SessionKind.PortForward;
        var whole = Run(kind, protocol, input, opening, input.Length, TimeSpan.Zero);
        Run(kind, protocol, input, opening, 1 + input[1], TimeSpan.FromMilliseconds(1)).ShouldBe(whole);
    }

    private static (string Undecoded, long Input, long Output, long Error, string Recording) Run(SessionKind kind, string protocol, byte[] input, byte[] opening, int size, TimeSpan tick)
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = tick };
        using var session = SessionHarness.Open(kind, protocol, RecordingMode.InputAndOutput, Cap, clock: clock);
        var bytes = input[2..];
        if ((input[0] & 1) == 0)
        {
            session.Feed(bytes, [], () => size);
        }
        else
        {
            session.FromClient(opening);
            session.Feed([], bytes, () => size);
        }

        var read = session.Describe();
        read.Undecoded.ShouldNotContain("failed");
        var recording = session.Recording?.Finish([]);
        session.Recording?.Dispose();
        return (read.Undecoded, read.InputBytes, read.OutputBytes, read.ErrorBytes, recording is null ? "" : recording.Text() + recording.Text("i"));
    }
}
