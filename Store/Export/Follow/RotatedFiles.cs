using System.Globalization;
using System.IO.Compression;
using KubeLens.Store.Hosting;

namespace KubeLens.Store.Export.Follow;

/// <summary>The files that a followed export has left behind: <c>calls-20261129T101500123Z.ndjson</c>, or the same with <c>.gz</c>.</summary>
internal sealed class RotatedFiles(string path, TimeProvider time)
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";
    private const string Compressed = ".gz";
    private const string Part = ".part";

    private readonly string _folder = Path.GetDirectoryName(path)!;
    private readonly string _start = Path.GetFileNameWithoutExtension(path) + "-";
    private readonly string _end = Path.GetExtension(path);

    /// <summary>A name that is still free.</summary>
    public string Next()
    {
        for (var at = time.GetUtcNow().UtcDateTime; ; at = at.AddMilliseconds(1))
        {
            var name = Path.Combine(_folder, _start + at.ToString(TimeFormat, CultureInfo.InvariantCulture) + _end);
            if (!File.Exists(name) && !File.Exists(name + Compressed))
            {
                return name;
            }
        }
    }

    /// <summary>Compresses those that are not yet: one at a time, and one that is there is whole.</summary>
    public async Task CompressAsync(CancellationToken cancellationToken)
    {
        foreach (var file in Directory.GetFiles(_folder, $"{_start}*{_end}").Where(IsRotated).Order(StringComparer.Ordinal))
        {
            var part = file + Compressed + Part;
            await using (var source = File.OpenRead(file))
            await using (var target = OwnerFile.Open(part, FileMode.Create))
            {
                await using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
                {
                    await source.CopyToAsync(gzip, cancellationToken);
                }

                target.Flush(flushToDisk: true);
            }

            File.Move(part, file + Compressed, overwrite: true);
            File.Delete(file);
        }
    }

    private bool IsRotated(string file)
    {
        var name = Path.GetFileName(file);
        return name.Length > _start.Length + _end.Length && DateTime.TryParseExact(name[_start.Length..^_end.Length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }
}
