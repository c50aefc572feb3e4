using System.Security.Cryptography;

namespace KubeLens.Gateway.Spool;

/// <summary>Makes segments ahead of their need, makes room by the pressure policy, and knows whether the disk takes them.</summary>
internal sealed class SegmentSupply(SegmentFolder folder, SegmentChain chain, SpoolReader reader, SpoolOptions options, SpoolBoot boot, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long _sequence;

    /// <summary>The disk took the last segment that was asked of it.</summary>
    public bool Writable { get; private set; } = true;

    /// <summary>Failed attempts since the start.</summary>
    public long Failures { get; private set; }

    public void StartAfter(long sequence) => _sequence = sequence;

    /// <summary>Blocks until a spare was taken, or for a pause in which the disk may have recovered.</summary>
    public void Wait(CancellationToken cancellationToken) => chain.WaitForRoll(Pause, cancellationToken);

    /// <summary>Makes spares up to the wanted number, as far as limit and disk allow. Called by one thread at a time.</summary>
    public void Refill()
    {
        while (chain.Spares < SegmentChain.WantedSpares)
        {
            if (chain.FileBytes + options.SegmentBytes > options.MaxBytes)
            {
                if (options.OnPressure == PressurePolicy.DropOldest && reader.DropOldest())
                {
                    continue;
                }

                return;
            }

            if (!TryMake())
            {
                return;
            }
        }
    }

    private bool TryMake()
    {
        var marker = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
        var header = new SegmentHeader(marker, _sequence + 1, boot.Id, boot.BatchBase, time.GetUtcNow().ToUnixTimeMilliseconds(), options.SegmentBytes);
        try
        {
            chain.AddSpare(folder.Allocate(header));
            _sequence++;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failures++;
            if (Writable)
            {
                SpoolLog.Unwritable(log, e, folder.Path, e.Message);
            }

            Writable = false;
            return false;
        }

        if (!Writable)
        {
            SpoolLog.WritableAgain(log, folder.Path);
        }

        Writable = true;
        return true;
    }
}
