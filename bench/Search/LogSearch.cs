using System.Diagnostics;
using KubeLens.Bench.Storage;
using KubeLens.Contracts.Calls;

namespace KubeLens.Bench.Search;

/// <summary>The same question to the audit log of the same calls, as people ask it: <c>zgrep</c> over what logrotate left.</summary>
internal sealed class LogSearch : IDisposable
{
    private readonly string _file;
    private readonly FileStream _stream;
    private readonly LogSizes _log;

    public LogSearch(string file)
    {
        _file = file;
        _stream = File.Create(file);
        _log = new LogSizes(_stream);
    }

    public long Calls { get; private set; }

    public long Bytes { get; private set; }

    public void Write(CallRecord call)
    {
        _log.Write(call);
        Calls++;
    }

    /// <summary>No more can be written.</summary>
    public void Close()
    {
        Bytes = _log.GzipBytes();
        _stream.Dispose();
    }

    /// <returns>How many lines have it.</returns>
    public async Task<int> CountAsync(string text, CancellationToken cancellationToken)
    {
        using var grep = Process.Start(new ProcessStartInfo("zgrep", ["-c", "-F", "-e", text, _file]) { RedirectStandardOutput = true })!;
        var answer = await grep.StandardOutput.ReadToEndAsync(cancellationToken);
        await grep.WaitForExitAsync(cancellationToken);
        return int.TryParse(answer, out var lines) ? lines : throw new BenchException($"zgrep answered \"{answer}\" and ended with {grep.ExitCode}.");
    }

    public void Dispose()
    {
        _log.Dispose();
        _stream.Dispose();
    }
}
