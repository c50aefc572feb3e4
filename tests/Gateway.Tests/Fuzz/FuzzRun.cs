using System.Security.Cryptography;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Fuzz;

/// <summary>Feeds a target for a time. Ends at the first input that fails, which it keeps.</summary>
internal sealed class FuzzRun(FuzzTarget target, int seed, TimeSpan duration)
{
    private const long LeastBytes = 32 << 20;
    private const int BytesEach = 1_024;

    /// <summary>No input takes this long, not on a busy machine either.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private volatile byte[] _input = [];
    private long _runs;
    private volatile Exception? _failure;

    public static string Kept => Path.Combine(FuzzCorpus.Folder(), "Kept");

    public long Runs => Interlocked.Read(ref _runs);

    /// <returns>What failed, and null when nothing did.</returns>
    public string? Run()
    {
        // A process that dies by its stack leaves its last input here.
        var last = Path.Combine(Path.GetTempPath(), $"fuzz-{target.Name}.last");
        var thread = new Thread(() => Feed(last)) { IsBackground = true };
        thread.Start();
        var (runs, since) = (-1L, TimeProvider.System.GetTimestamp());
        while (!thread.Join(Look))
        {
            if (Runs != runs)
            {
                (runs, since) = (Runs, TimeProvider.System.GetTimestamp());
            }
            else if (TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                return Keep($"did not end within {Patience.TotalSeconds:0} s");
            }
        }

        File.Delete(last);
        return _failure is { } failure ? Keep(failure.ToString()) : null;
    }

    /// <summary>One input; also what the ordinary tests do with kept ones.</summary>
    public static void Check(FuzzTarget target, byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        target.Run(input);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(LeastBytes + (long)input.Length * BytesEach, "bytes allocated");
    }

    private void Feed(string last)
    {
        var random = new Random(seed);
        var start = TimeProvider.System.GetTimestamp();
        using var file = new FileStream(last, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        try
        {
            while (TimeProvider.System.GetElapsedTime(start) < duration)
            {
                _input = target.Make(random);
                file.Position = 0;
                file.Write(_input);
                file.SetLength(_input.Length);
                Check(target, _input);
                Interlocked.Increment(ref _runs);
            }
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }

    private string Keep(string what)
    {
        var name = $"{target.Name}-{Convert.ToHexStringLower(SHA256.HashData(_input))[..8]}.bin";
        File.WriteAllBytes(Path.Combine(Kept, name), _input);
        return $"target {target.Name}, seed {seed}, input {Runs + 1}, kept as {name}\n{Convert.ToBase64String(_input)}\n{what}";
    }
}
