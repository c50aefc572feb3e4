using System.Buffers.Binary;
using KubeLens.Gateway.Capture.Sessions;
using KubeLens.Gateway.Capture.Sessions.Recording;

namespace KubeLens.Gateway.Tests.Capture.Sessions;

/// <summary>Streams that no honest peer sends: they end the decoder, hold no memory, and are told in the record.</summary>
public class HostileStreamTests
{
    private const string V4 = "v4.channel.k8s.io", Spdy = "SPDY/3.1+v4.channel.k8s.io";

    public static TheoryData<string, byte[], string> ClientFrames => new()
    {
        { "unmasked", SessionHarness.Frame([0, 1], masked: false), "a WebSocket frame of the client is not masked" },
        { "compressed", SessionHarness.Frame([0, 1], masked: true, first: 0xc2), "a WebSocket frame uses an extension" },
        { "impossible length", [0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4], "a WebSocket frame has an impossible length" },
        { "long ping", [0x89, 0xfe, 1, 0, 1, 2, 3, 4], "a WebSocket frame is of an unknown kind" },
        { "unknown opcode", SessionHarness.Frame([0], masked: true, first: 0x83), "a WebSocket frame is of an unknown kind" },
        { "continues nothing", SessionHarness.Frame([0], masked: true, first: 0x80), "WebSocket fragments are out of order" },
        { "unknown channel", SessionHarness.Frame([77, 1], masked: true), "channel 77 is unknown" },
    };

    public static TheoryData<string, byte[], string> SpdyFrames => new()
    {
        { "another version", Control(1, new byte[10], version: 2), "a frame is of SPDY version 2" },
        { "too long", [0x80, 3, 0, 1, 0, 0xff, 0xff, 0xff], "a SPDY control frame is too long" },
        { "too short", Control(1, new byte[3]), "a SPDY control frame is too short" },
        { "no zlib", Control(1, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]), "a SPDY header block cannot be read" },
        { "bad deflate", Control(1, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x78, 0xbb, 0xe3, 0xc6, 0xa7, 0xc2, 0xff, 0xff, 0xff, 0xff]), "a SPDY header block cannot be read" },
        { "nothing in it", Control(1, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x78, 0xbb, 0xe3, 0xc6, 0xa7, 0xc2]), "a SPDY header block cannot be read" },
    };

    [Theory]
    [MemberData(nameof(ClientFrames))]
    public void WebSocket_Hostile_EndsTheDecoder(string what, byte[] frames, string problem)
    {
        using var session = SessionHarness.Open(SessionKind.Exec, V4);
        session.FromClient(frames);
        session.FromServer(SessionHarness.Golden("websocket-v4.server"));

        var read = session.Describe();
        read.Undecoded.ShouldBe(problem, what);
        read.OutputBytes.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(SpdyFrames))]
    public void Spdy_Hostile_EndsTheDecoder(string what, byte[] frames, string problem)
    {
        using var session = SessionHarness.Open(SessionKind.Exec, Spdy);
        session.FromClient(frames);

        session.Describe().Undecoded.ShouldBe(problem, what);
    }

    [Fact]
    public void Spdy_HeadersThatNeverEnd_AreCutShort()
    {
        // 70 000 zeros after the zlib head, of which deflate makes a few hundred bytes.
        using var plain = new MemoryStream();
        using (var deflate = new System.IO.Compression.DeflateStream(plain, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
        {
            deflate.Write(new byte[10 << 20]);
        }

        using var session = SessionHarness.Open(SessionKind.Exec, Spdy);
        session.FromClient(Control(1, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x78, 0xbb, 0xe3, 0xc6, 0xa7, 0xc2, .. plain.ToArray()]));

        session.Describe().Undecoded.ShouldBe("a SPDY header block cannot be read");
    }

    [Fact]
    public void WebSocket_AFrameOfManyTerabytes_IsCountedAndHeldNowhere()
    {
        using var session = SessionHarness.Open(SessionKind.Exec, V4);
        session.FromServer([0x82, 127, 0x0f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]);
        var piece = new byte[64 * 1024];
        session.FromServer(piece);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            session.FromServer(piece);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64 * 1024);
        session.Describe().OutputBytes.ShouldBe(1001L * piece.Length);
    }

    [Fact]
    public void WebSocket_TheClientWritesToStdout_IsNoOutput()
    {
        using var session = SessionHarness.Open(SessionKind.Exec, V4, RecordingMode.Output);
        session.FromClient(SessionHarness.Frame([1, .. "I am the pod"u8], masked: true));
        session.FromClient(SessionHarness.Frame([3, .. """{"status":"Success"}"""u8], masked: true));

        var read = session.Describe();
        (read.OutputBytes, read.Result, session.Recording!.Finish([]).Text()).ShouldBe((0, "", ""));
        session.Recording.Dispose();
    }

    [Theory]
    [InlineData("v9.channel.k8s.io", "the subprotocol is unknown")]
    [InlineData("SPDY/3.1+portforward.k8s.io", "the subprotocol is unknown")]
    public void Exec_OfAnUnknownSubprotocol_IsNotDecoded(string protocol, string problem)
    {
        using var session = SessionHarness.Open(SessionKind.Exec, protocol);
        session.FromServer("anything"u8);

        session.Describe().Undecoded.ShouldBe(problem);
    }

    [Fact]
    public void Exec_WithACompressedWebSocket_IsNotDecoded()
    {
        using var answer = new HttpResponseMessage();
        answer.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        answer.Headers.TryAddWithoutValidation("Sec-WebSocket-Protocol", V4);
        answer.Headers.TryAddWithoutValidation("Sec-WebSocket-Extensions", "permessage-deflate");
        using var session = SessionHarness.Open(SessionKind.Exec, answer.Headers, RecordingMode.Output);

        (session.Describe().Undecoded, session.Recording).ShouldBe(("the WebSocket has extensions", null));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[1,{"reason":"ExitCode","message":7}]}}""")]
    [InlineData("""{"status":{"a":1},"message":"\ud800"}""")]
    [InlineData("[1,2]")]
    public void Status_Odd_IsAFailureWithoutACode(string status)
    {
        using var session = SessionHarness.Open(SessionKind.Exec, V4);
        session.Says(3, status);

        var read = session.Describe();
        (read.Result, read.ExitCode).ShouldBe(("failure", null));
    }

    private static byte[] Control(byte type, byte[] payload, byte version = 3)
    {
        var head = new byte[8];
        (head[0], head[1], head[3]) = (0x80, version, type);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), payload.Length);
        return [.. head, .. payload];
    }
}
