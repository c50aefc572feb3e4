using KubeLens.AppHost.Terminal;
using KubeLens.AppHost.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.AppHost.Tests.Terminal;

public sealed class LogStreamTests : IDisposable
{
    private readonly CapturedOutput _output = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task Write_Plain_PrefixesTimeAndName()
    {
        await using (var log = _output.LogStream(_time))
        {
            log.For("store", Colour.Cyan)("info: hello");
        }

        _output.Text.ShouldBe("03:04:05.678 store    | info: hello\n");
    }

    [Fact]
    public async Task Write_Coloured_ColoursTheNameOnly()
    {
        await using (var log = _output.LogStream(_time, coloured: true))
        {
            log.For("store", Colour.Cyan)("hello");
        }

        _output.Text.ShouldBe("\e[2m03:04:05.678\e[0m \e[36mstore    |\e[0m hello\n");
    }

    [Fact]
    public async Task Write_ControlCharacters_DoNotReachTheTerminal()
    {
        await using (var log = _output.LogStream(_time))
        {
            log.For("gateway", Colour.None)("agent \e]0;owned\a\tend");
        }

        _output.Text.ShouldEndWith("| agent \uFFFD]0;owned\uFFFD end\n");
    }

    [Fact]
    public async Task Write_TerminalDoesNotRead_DropsCountsAndSaysSo()
    {
        const int Written = 20_000;
        using var paused = new PausedOutput(_output);
        long dropped;
        await using (var log = new LogStream(paused, coloured: false, _time))
        {
            var write = log.For("store", Colour.None);
            for (var line = 0; line < Written; line++)
            {
                write("line");
            }

            dropped = log.Dropped;
            paused.Resume();
        }

        dropped.ShouldBeInRange(1, Written - 1);
        _output.Lines.Count(line => line.EndsWith("| line", StringComparison.Ordinal)).ShouldBe(Written - (int)dropped);
        _output.Text.ShouldContain($"({dropped} lines are not shown: the terminal was not reading)");
    }

    private sealed class PausedOutput(TextWriter inner) : TextWriter
    {
        private readonly TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override System.Text.Encoding Encoding => inner.Encoding;

        public void Resume() => _resumed.SetResult();

        public override async Task WriteLineAsync(string? value)
        {
            await _resumed.Task;
            await inner.WriteLineAsync(value);
        }
    }
}
