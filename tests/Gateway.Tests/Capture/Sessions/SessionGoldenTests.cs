using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture.Sessions;
using KubeLens.Gateway.Capture.Sessions.Recording;

namespace KubeLens.Gateway.Tests.Capture.Sessions;

/// <summary>What kubectl 1.32 and clients of its protocols exchanged with a 1.20 apiserver: the same record and recording, however it is cut.</summary>
public class SessionGoldenTests
{
    private static readonly Dictionary<string, (SessionKind Kind, string Protocol, CallSession Expected, string Recording)> Goldens = new()
    {
        ["spdy-exec"] = (SessionKind.Exec, "SPDY/3.1+v4.channel.k8s.io", Failed with { InputBytes = 6, OutputBytes = 6, ErrorBytes = 10 }, "typed\nto-stderr\n"),
        ["spdy-terminal"] = (SessionKind.Exec, "SPDY/3.1+v4.channel.k8s.io", new CallSession { Result = "success", ExitCode = 0, InputBytes = 1, OutputBytes = 31, Resizes = 1, Columns = 120, Rows = 40 }, "^@token=<redacted>\r\nhéllo\r\n"),
        ["spdy-portforward"] = (SessionKind.PortForward, "SPDY/3.1+portforward.k8s.io", new CallSession { InputBytes = 16, OutputBytes = 16, Connections = 1, Ports = ["18555"] }, ""),
        ["websocket-v4"] = (SessionKind.Exec, "v4.channel.k8s.io", Failed with { InputBytes = 6, OutputBytes = 10, ErrorBytes = 4 }, "got typed\nbad\n"),
        ["websocket-base64"] = (SessionKind.Exec, "base64.channel.k8s.io", Failed with { InputBytes = 6, OutputBytes = 10, ErrorBytes = 4 }, "got typed\nbad\n"),
        ["websocket-v4-base64"] = (SessionKind.Exec, "v4.base64.channel.k8s.io", Failed with { InputBytes = 6, OutputBytes = 10, ErrorBytes = 4 }, "got typed\nbad\n"),
    };

    public static TheoryData<string> Names => [.. Goldens.Keys];

    private static CallSession Failed => new() { Result = "failure", ExitCode = 3 };

    [Theory]
    [MemberData(nameof(Names))]
    public void Session_CutAnywhere_IsReadTheSame(string name)
    {
        var random = new Random(7);
        Check(name, () => int.MaxValue);
        Check(name, () => 1);
        for (var i = 0; i < 50; i++)
        {
            Check(name, () => random.Next(1, 40));
        }
    }

    [Fact]
    public void Tunnel_SpdyInWebSocketMessages_IsReadAsSpdy()
    {
        var random = new Random(3);
        for (var i = 0; i < 20; i++)
        {
            using var session = SessionHarness.Open(SessionKind.PortForward, "SPDY/3.1+portforward.k8s.io");
            session.Feed(Framed("spdy-portforward.client", random, masked: true), Framed("spdy-portforward.server", random, masked: false), () => random.Next(1, 30));
            var read = session.Describe();
            (read.InputBytes, read.OutputBytes, read.Connections, read.Ports.ShouldHaveSingleItem(), read.Undecoded).ShouldBe((16, 16, 1, "18555", ""));
        }
    }

    [Fact]
    public void Session_BrokenOffWithinAFrame_SaysSo()
    {
        using var session = SessionHarness.Open(SessionKind.Exec, "v4.channel.k8s.io");
        session.FromServer(SessionHarness.Golden("websocket-v4.server").AsSpan(0, 10));

        session.Describe().Undecoded.ShouldBe("it ended within a frame");
    }

    /// <summary>kubectl exits once it knows how the command ended, whether the frame that it is writing is out or not.</summary>
    [Fact]
    public void Client_GoneAmidAFrameAfterTheCommandEnded_IsNothingUndecoded()
    {
        using var session = SessionHarness.Open(SessionKind.Exec, "SPDY/3.1+v4.channel.k8s.io");
        session.Feed(SessionHarness.Golden("spdy-exec.client"), SessionHarness.Golden("spdy-exec.server"), () => int.MaxValue);
        session.FromClient([0x80, 0x03, 0x00]); // begins a frame that closes a stream

        (session.Describe().ExitCode, session.Describe().Undecoded).ShouldBe((3, ""));
    }

    [Fact]
    public void Command_ThatSaidHalfOfHowItEnded_IsCutAmidAFrame()
    {
        using var session = SessionHarness.Open(SessionKind.Exec, "v4.channel.k8s.io");
        var status = SessionHarness.Frame([3, .. """{"status":"Success"}"""u8], masked: false);
        session.FromServer(status.AsSpan(0, status.Length - 1));

        session.Describe().Undecoded.ShouldBe("it ended within a frame");
    }

    [Fact]
    public void Message_ThatIsTooLong_IsCutAtAWholeCharacter() =>
        ExitStatus.Of(Encoding.UTF8.GetBytes(new string('a', 1023) + "\U0001F600"), isExec: true).Message.ShouldBe(new string('a', 1023));

    private static void Check(string name, Func<int> size)
    {
        var (kind, protocol, expected, recording) = Goldens[name];
        // A port-forward over SPDY alone has the header of its stream protocol; the tunnel's name is a WebSocket's.
        using var session = SessionHarness.Open(kind, kind == SessionKind.PortForward ? "SPDY/3.1+portforward" : protocol, RecordingMode.Output);
        session.Feed(SessionHarness.Golden($"{name}.client"), SessionHarness.Golden($"{name}.server"), size);
        var read = session.Describe();

        read.Undecoded.ShouldBe("");
        (read.Result, read.ExitCode, read.InputBytes, read.OutputBytes, read.ErrorBytes, read.Resizes, read.Columns, read.Rows, read.Connections)
            .ShouldBe((expected.Result, expected.ExitCode, expected.InputBytes, expected.OutputBytes, expected.ErrorBytes, expected.Resizes, expected.Columns, expected.Rows, expected.Connections));
        read.Ports.ShouldBe(expected.Ports);
        if (expected.ExitCode == 3)
        {
            read.Failure.ShouldContain("exit code");
        }

        if (recording.Length == 0)
        {
            session.Recording.ShouldBeNull();
            return;
        }

        var body = session.Recording.ShouldNotBeNull().Finish([]);
        string.Concat(body.Text().Order()).ShouldBe(string.Concat(recording.Order()));
        body.Note.ShouldBe(CallBodyNote.Whole);
        session.Recording.Dispose();
    }

    private static byte[] Framed(string name, Random random, bool masked)
    {
        var (bytes, frames) = (SessionHarness.Golden(name), new List<byte>());
        for (int at = 0, length; at < bytes.Length; at += length)
        {
            length = Math.Min(random.Next(1, 50), bytes.Length - at);
            frames.AddRange(SessionHarness.Frame(bytes.AsSpan(at, length), masked));
        }

        return [.. frames];
    }
}
