using System.Globalization;

namespace KubeLens.Gateway.Spool;

/// <summary>The files of the spool: <c>segment-{sequence}.spool</c>, and <c>corrupt/</c> for what failed its checksums.</summary>
internal sealed class SegmentFolder(string path)
{
    /// <summary>Damaged segments kept for a look; beyond it the oldest go.</summary>
    public const int MaxCorrupt = 8;

    private const string Prefix = "segment-", Extension = ".spool", Unfinished = ".tmp", CorruptFolder = "corrupt";
    private static readonly byte[] Zeros = new byte[256 * 1024];

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public void Create()
    {
        PrivateFiles.CreateFolder(Path);
        foreach (var file in Directory.EnumerateFiles(Path, $"{Prefix}*{Unfinished}"))
        {
            File.Delete(file);
        }
    }

    /// <summary>Segment files, oldest first, with the sequence in their name.</summary>
    public IReadOnlyList<(string Path, long Sequence)> List() =>
        [.. Directory.EnumerateFiles(Path, $"{Prefix}*{Extension}")
            .Select(file => (file, sequence: SequenceOf(file)))
            .Where(found => found.sequence >= 0)
            .OrderBy(found => found.sequence)];

    /// <summary>Makes a segment file of which every byte has its place on disk, so that writing to the mapping cannot fail later.</summary>
    public Segment Allocate(SegmentHeader header)
    {
        var final = System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{header.Sequence:D16}{Extension}"));
        var temporary = final + Unfinished;
        try
        {
            Fill(temporary, header.Length);
            var segment = Segment.Initialize(temporary, header, final);
            File.Move(temporary, final);
            return segment;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Moves a damaged file aside.</summary>
    public string Quarantine(string file)
    {
        var folder = System.IO.Path.Combine(Path, CorruptFolder);
        PrivateFiles.CreateFolder(folder);
        var target = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file));
        File.Move(file, target, overwrite: true);
        foreach (var old in Directory.GetFiles(folder).Order(StringComparer.Ordinal).SkipLast(MaxCorrupt))
        {
            File.Delete(old);
        }

        return target;
    }

    // A sparse file on a full disk would kill the process (SIGBUS) at the first touch. Reserving the space is enough on most
    // file systems; writing it makes it so on all, and leaves its pages in memory for the first writers.
    private static void Fill(string file, int length)
    {
        using var stream = PrivateFiles.Open(file, FileMode.Create, FileShare.None, reserve: length);
        for (var left = length; left > 0; left -= Zeros.Length)
        {
            stream.Write(Zeros, 0, Math.Min(left, Zeros.Length));
        }
    }

    private static long SequenceOf(string file) =>
        long.TryParse(System.IO.Path.GetFileNameWithoutExtension(file).AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : -1;
}
