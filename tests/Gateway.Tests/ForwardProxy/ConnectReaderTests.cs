using System.IO.Pipelines;
using System.Text;
using KubeLens.Gateway.ForwardProxy;
using Microsoft.AspNetCore.Connections;

namespace KubeLens.Gateway.Tests.ForwardProxy;

public sealed class ConnectReaderTests : IAsyncDisposable
{
    private readonly Pipe _sent = new();
    private readonly DefaultConnectionContext _connection;

    public ConnectReaderTests() => _connection = new DefaultConnectionContext("one", new Duplex(_sent.Reader), new Duplex(_sent.Reader));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Fact]
    public async Task Read_HandshakeBehindTheHead_IsLeftForTheHandshake()
    {
        await SendAsync("CONNECT api.example:6443 HTTP/1.1\r\nUser-Agent: x\r\n\r\n\u0016\u0003\u0001hello");

        var (reading, request) = await new ConnectReader(TimeProvider.System).ReadAsync(_connection);

        (reading, request.Address).ShouldBe((ConnectReading.Whole, "api.example:6443"));
        var rest = await _sent.Reader.ReadAsync(Cancel);
        Encoding.Latin1.GetString(rest.Buffer.FirstSpan).ShouldBe("\u0016\u0003\u0001hello");
    }

    [Fact]
    public async Task Read_ByteByByte_IsRead()
    {
        var reading = new ConnectReader(TimeProvider.System).ReadAsync(_connection);
        foreach (var letter in "CONNECT a:1 HTTP/1.1\r\n\r\n")
        {
            await SendAsync($"{letter}");
        }

        (await reading).Request.Address.ShouldBe("a:1");
    }

    [Fact]
    public async Task Read_NothingMoreComes_IsTimedOut()
    {
        await SendAsync("CONNECT a:1 HTTP/1.1\r\n");

        (await new ConnectReader(new HurriedClock()).ReadAsync(_connection)).Reading.ShouldBe(ConnectReading.TimedOut);
    }

    [Theory]
    [InlineData("", nameof(ConnectReading.Closed))]
    [InlineData("CONNECT a:1", nameof(ConnectReading.Closed))]
    [InlineData("hello\r\n\r\n", nameof(ConnectReading.Malformed))]
    [InlineData("\u0016\u0003\u0001", nameof(ConnectReading.Malformed))]
    public async Task Read_EndsWithoutARequest(string text, string expected)
    {
        await SendAsync(text);
        await _sent.Writer.CompleteAsync();

        (await new ConnectReader(TimeProvider.System).ReadAsync(_connection)).Reading.ToString().ShouldBe(expected);
    }

    [Fact]
    public async Task Read_WithoutEnd_IsTooLongSoonAndNotKept()
    {
        var reading = new ConnectReader(TimeProvider.System).ReadAsync(_connection);
        await SendAsync($"CONNECT a:1 HTTP/1.1\r\nX: {new string('x', 9_000)}");

        (await reading).Reading.ShouldBe(ConnectReading.TooLong);
    }

    private async Task SendAsync(string text) => await _sent.Writer.WriteAsync(Encoding.Latin1.GetBytes(text), Cancel);

    private sealed class Duplex(PipeReader input) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output { get; } = new Pipe().Writer;
    }

    /// <summary>Its seconds last a hundredth of one.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, dueTime / 100, period);
    }
}
