using KubeLens.Gateway.Spool;
using KubeLens.Testing;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Tests.Spool;

/// <summary>A spool on real files. Its supply runs only when asked, so that tests decide what happens when.</summary>
internal sealed class TestSpool : IAsyncDisposable
{
    public const int SegmentBytes = 128 * 1024;

    private bool _ended;

    private TestSpool(CallSpool spool, LogLines log) => (Spool, Log) = (spool, log);

    public CallSpool Spool { get; }
    public LogLines Log { get; }
    public SpoolReader Reader => Spool.Reader;

    public static async Task<TestSpool> OpenAsync(string folder, Action<SpoolOptions>? configure = null, TimeProvider? time = null)
    {
        var options = new SpoolOptions { Folder = folder, SegmentBytes = SegmentBytes, MaxBytes = 64 * SegmentBytes, LeaseWait = TimeSpan.FromSeconds(2) };
        configure?.Invoke(options);
        var log = new LogLines();
        var spool = new CallSpool(Options.Create(options), time ?? TimeProvider.System, log.For<CallSpool>());
        try
        {
            await spool.OpenAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            spool.Dispose();
            throw;
        }

        return new TestSpool(spool, log);
    }

    public static Task<TestSpool> OpenAsync(TempFolder folder, Action<SpoolOptions>? configure = null, TimeProvider? time = null) => OpenAsync(folder["spool"], configure, time);

    public bool AppendCall(long sequence, ReadOnlySpan<byte> record, bool bodiesFollow = false)
    {
        if (Spool.AppendCall(sequence, record, bodiesFollow))
        {
            Spool.Supply.Refill();
            return true;
        }

        return false;
    }

    public void AppendBodies(long sequence, ReadOnlySpan<byte> fragment)
    {
        Spool.AppendBodies(sequence, fragment);
        Spool.Supply.Refill();
    }

    /// <summary>All that can be read now.</summary>
    public List<ReadFrame> ReadAll()
    {
        List<ReadFrame> frames = [];
        while (Reader.TryRead(out var frame))
        {
            frames.Add(new ReadFrame(frame.Segment.Header.Boot, frame.Kind, frame.Sequence, frame.Payload.ToArray()));
        }

        return frames;
    }

    /// <summary>As a kill would: the lease goes, nothing is written or tidied.</summary>
    public void Crash()
    {
        _ended = true;
        Spool.Dispose();
    }

    public async Task CloseAsync()
    {
        if (!_ended)
        {
            _ended = true;
            await Spool.CloseAsync(CancellationToken.None);
            Spool.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    internal sealed record ReadFrame(ulong Boot, FrameKind Kind, long Sequence, byte[] Payload);
}
