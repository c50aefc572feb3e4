using System.Globalization;
using System.Threading.Channels;

namespace KubeLens.AppHost.Terminal;

/// <summary>
/// The one stream of all resources' lines: time, name, line. A terminal that is paused must not hold up the services, so the
/// lines go through a bounded queue; what does not fit is dropped and counted, and the count is shown.
/// </summary>
internal sealed class LogStream : IAsyncDisposable
{
    private const int Capacity = 8192;
    private const int NameWidth = 8;

    /// <summary>How long a paused terminal may hold up our end.</summary>
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(2);

    private readonly TextWriter _output;
    private readonly bool _coloured;
    private readonly TimeProvider _time;
    private readonly Task _writing;
    private readonly Channel<string> _lines;
    private long _dropped;

    public LogStream(TextWriter output, bool coloured, TimeProvider time)
    {
        (_output, _coloured, _time) = (output, coloured, time);
        // DropWrite: what stands before a pause explains it better than what comes after.
        _lines = Channel.CreateBounded<string>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped));
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>How many lines were not shown because the terminal did not read.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Where one resource's lines go.</summary>
    public Action<string> For(string name, Colour colour) => line => Write(name, colour, line);

    /// <summary>Text of our own, without time and name.</summary>
    public void WriteBlock(string text) => _lines.Writer.TryWrite(text);

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await Task.WhenAny(_writing, Task.Delay(LastLines, CancellationToken.None));
    }

    private void Write(string name, Colour colour, string line)
    {
        var time = _time.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var prefix = $"{name.PadRight(NameWidth)} |";
        _lines.Writer.TryWrite(_coloured && colour != Colour.None
            ? $"\e[2m{time}\e[0m \e[{(int)colour}m{prefix}\e[0m {Printable(line)}"
            : $"{time} {prefix} {Printable(line)}");
    }

    // Lines carry what callers sent (a user agent, a name). Control characters in it must not reach the terminal.
    private static string Printable(string line) => line.Any(char.IsControl)
        ? string.Concat(line.Select(character => character == '\t' ? ' ' : char.IsControl(character) ? '\uFFFD' : character))
        : line;

    private async Task WriteAllAsync()
    {
        var reported = 0L;
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            await WriteLineAsync(line);
            if (Dropped is var dropped && dropped > reported)
            {
                await WriteLineAsync($"({dropped - reported} lines are not shown: the terminal was not reading)");
                reported = dropped;
            }
        }

        await _output.FlushAsync();
    }

    private async Task WriteLineAsync(string line)
    {
        try
        {
            await _output.WriteLineAsync(line);
        }
        catch (IOException)
        {
            // Output goes to a full disk, say. The services go on without it; the line is counted.
            Interlocked.Increment(ref _dropped);
        }
    }
}
