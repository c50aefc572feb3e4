using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture;
using KubeLens.Gateway.Capture.Sessions;
using KubeLens.Gateway.Capture.Sessions.Recording;
using KubeLens.Gateway.Redact;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Tests.Capture.Sessions;

public class TerminalRecordingTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Secrets =>
    [
        "curl -H 'Authorization: Bearer CANARYcanary'\r\n",
        "eyJhbGciOiJSUzI1NiJ9.eyJDQU5BUlkiOiJDQU5BUlkifQ.CANARY and more\n",
        "DB_PASSWORD=CANARY\n",
        "export API_TOKEN='CANARY CANARY'\r\n",
        "{\"user\":\"bob\",\"password\":\"CANARY\"}\n",
        "  password: CANARY CANARY CANARY\r\n",
        "mysql --password CANARY -h db\n",
        "postgres://bob:CANARY@db/shop\n",
        "\u001b[31mpass\u001b[1mword\u001b[0m: CA\u001b[2mNARY\n",
        "-----BEGIN RSA PRIVATE KEY-----\r\nCANARYCANARYCANARY\r\nCANARY==\r\n-----END RSA PRIVATE KEY-----\r\n",
        "Bearer CANARY", // the end of the stream is one of the line, too
    ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Output_WithASecretCutAnywhere_IsRedacted(string text)
    {
        var bytes = Encoding.UTF8.GetBytes($"before\n{text}");
        for (var size = 1; size <= bytes.Length; size++)
        {
            var body = Record(bytes, size);
            body.Content.Span.IndexOf("CANARY"u8).ShouldBe(-1, Encoding.UTF8.GetString(body.Content.Span));
            body.Text().ShouldStartWith("before\n");
            body.Text().ShouldContain(HeaderRedactor.Redacted);
            body.RedactedValues.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void Output_WithoutSecrets_IsKeptByteForByte()
    {
        const string Text = "total 4\r\n\u001b[34mdrwxr-xr-x\u001b[0m 2 root 日本 🙂 12:30 a=b\r\nsh-5.2$ ";
        for (var size = 1; size < 20; size++)
        {
            Record(Encoding.UTF8.GetBytes(Text), size).Text().ShouldBe(Text);
        }
    }

    [Fact]
    public void Output_OfATerminalThatWrapsAToken_IsRedactedToItsEnd()
    {
        var body = Record(Encoding.UTF8.GetBytes("$ curl -H Bearer eyJCANARY \rCANARYCANARY \rCANARY\r\nok\r\n"), 1000);

        body.Text().ShouldNotContain("CANARY");
        body.Text().ShouldEndWith("ok\r\n");
    }

    [Fact]
    public void Output_AfterAKeyThatNeverEnds_IsShown() =>
        Record("-----BEGIN PRIVATE KEY-----\n# all the rest is hidden (not)\n"u8.ToArray(), 1000).Text().ShouldContain("(not)");

    [Fact]
    public void Output_AWordLongerThanTheBound_IsRedactedToItsEnd()
    {
        var body = Record(Encoding.UTF8.GetBytes($"Bearer {string.Concat(Enumerable.Repeat("CANARY", 10_000))} end\n"), 5000);

        body.Text().ShouldNotContain("CANARY");
        body.Text().ShouldEndWith(" end\n");
    }

    [Fact]
    public void Output_NoUtf8_IsReplaced() => Record([0xff, 0x61, 0xc3, 0x0a], 1).Text().ShouldBe("\ufffda\ufffd\n");

    [Fact]
    public void Events_HeldBackOnOneChannel_StayInTheirOrderAndTime()
    {
        using var recording = New();
        recording.Append(SessionChannel.Output, "wai"u8, TimeSpan.FromSeconds(1));
        recording.Append(SessionChannel.Error, "warned\n"u8, TimeSpan.FromSeconds(2));
        recording.Resize(120, 40, TimeSpan.FromSeconds(2.5));
        recording.Append(SessionChannel.Output, "ted\n"u8, TimeSpan.FromSeconds(3));

        recording.Finish(["sh"]).Events().ShouldBe([(1, "o", "wai"), (2, "o", "warned\n"), (2.5, "r", "120x40"), (3, "o", "ted\n")]);
    }

    [Fact]
    public void Events_OfOneMoment_StayInTheirOrder()
    {
        using var recording = New();
        recording.Append(SessionChannel.Output, "wai"u8, TimeSpan.FromSeconds(1));
        recording.Append(SessionChannel.Error, "warned\n"u8, TimeSpan.FromSeconds(1));
        recording.Append(SessionChannel.Output, "ted\n"u8, TimeSpan.FromSeconds(1));

        recording.Finish(["sh"]).Events().ShouldBe([(1, "o", "wai"), (1, "o", "warned\n"), (1, "o", "ted\n")]);
    }

    [Fact]
    public void Output_EndedWithinACharacter_IsReplacedAtItsOwnTime()
    {
        using var recording = New();
        recording.Append(SessionChannel.Output, "a\n"u8, TimeSpan.FromSeconds(1));
        recording.Append(SessionChannel.Output, [0xe2, 0x82], TimeSpan.FromSeconds(2));

        recording.Finish([]).Events().ShouldBe([(1, "o", "a\n"), (2, "o", "\ufffd")]);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("🙂")]
    public void Output_ALineLongerThanTheBound_IsCutAlikeInAnyPieces(string unit)
    {
        // The bound is within a word, and at every other place within a pair of surrogates.
        for (var before = 0; before < 12; before++)
        {
            var bytes = Encoding.UTF8.GetBytes($"{new string('y', before)}{string.Concat(Enumerable.Repeat(unit, 16_376 / unit.Length))}Bearer CANARY password=CANARY{unit}\n");
            var whole = Record(bytes, bytes.Length).Text();
            foreach (var size in new[] { 7, 1000, 4096, 5000 })
            {
                Record(bytes, size).Text().ShouldBe(whole);
            }
        }
    }

    [Fact]
    public void Head_SaysSizeTimeAndCommand()
    {
        using var recording = New();
        recording.Resize(120, 40, TimeSpan.Zero);
        var head = JsonSerializer.Deserialize<JsonElement>(recording.Finish(["sh", "-c", "ls"]).Lines()[0]);

        (head.GetProperty("version").GetInt32(), head.GetProperty("width").GetInt32(), head.GetProperty("height").GetInt32()).ShouldBe((2, 120, 40));
        (head.GetProperty("timestamp").GetInt64(), head.GetProperty("command").GetString()).ShouldBe((Began.ToUnixTimeSeconds(), "sh -c ls"));
    }

    [Fact]
    public void Recording_BeyondTheCap_IsTruncatedAndWantsNoMore()
    {
        using var recording = New(cap: 1000);
        for (var i = 0; i < 100; i++)
        {
            recording.Append(SessionChannel.Output, "0123456789012345678901234567890123456789\n"u8, TimeSpan.FromSeconds(i));
        }

        recording.Wants(SessionChannel.Output).ShouldBeFalse();
        var body = recording.Finish([]);
        body.Note.ShouldBe(CallBodyNote.Truncated);
        body.Content.Length.ShouldBeInRange(800, 1200);
    }

    [Fact]
    public void Recording_WithoutMemory_IsDroppedAndGivesAllBack()
    {
        var budget = new CaptureBudget(Options.Create(new CaptureOptions { BufferBytes = 1 }));
        var recording = New(budget: budget);
        recording.Append(SessionChannel.Output, "text\n"u8, TimeSpan.Zero);

        recording.Finish([]).Note.ShouldBe(CallBodyNote.Dropped);
        recording.Dispose();
        budget.Taken.ShouldBe(0);
    }

    [Fact]
    public void Memory_OfAnEndedRecording_IsGivenBack()
    {
        var budget = SessionHarness.Budget();
        var recording = New(budget: budget);
        for (var i = 0; i < 2000; i++)
        {
            recording.Append(SessionChannel.Output, Encoding.UTF8.GetBytes($"{Guid.NewGuid()}\n"), TimeSpan.FromSeconds(i));
        }

        budget.Taken.ShouldBeGreaterThan(0);
        recording.Dispose();
        budget.Taken.ShouldBe(0);
    }

    [Theory]
    [InlineData(nameof(RecordingMode.Output), "")]
    [InlineData(nameof(RecordingMode.InputAndOutput), "typed\n")]
    public void Input_IsRecordedOnlyWhenWanted(string mode, string expected)
    {
        using var session = SessionHarness.Open(SessionKind.Exec, "v5.channel.k8s.io", Enum.Parse<RecordingMode>(mode));
        session.FromClient(SessionHarness.Frame([0, .. "typed\n"u8], masked: true));
        session.FromClient(SessionHarness.Frame([255, 0], masked: true));
        session.Says(1, "shown\n");

        session.Describe().InputBytes.ShouldBe(6);
        var body = session.Recording!.Finish([]);
        (body.Text("i"), body.Text()).ShouldBe((expected, "shown\n"));
        session.Recording.Dispose();
    }

    private static TerminalRecording New(int cap = SessionHarness.Cap, CaptureBudget? budget = null) => new(RecordingMode.Output, SecretNames.Default, cap, budget ?? SessionHarness.Budget(), Began);

    private static CallBody Record(byte[] bytes, int size)
    {
        using var recording = New();
        for (var at = 0; at < bytes.Length; at += size)
        {
            recording.Append(SessionChannel.Output, bytes.AsSpan(at, Math.Min(size, bytes.Length - at)), TimeSpan.FromMilliseconds(at));
        }

        return recording.Finish([]);
    }
}
