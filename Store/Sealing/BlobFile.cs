using KubeLens.Store.Hosting;

namespace KubeLens.Store.Sealing;

/// <summary>
/// Headers and bodies on their way from the order in which they came to the order of their objects: they are many times what may be held
/// in memory, so they lie in a file that only we can read and that goes with us.
/// </summary>
internal sealed class BlobFile : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly FileStream _file = OwnerFile.Open(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose, BufferSize = BufferBytes });
    private long _end;

    /// <returns>Where it is.</returns>
    public long Add(ReadOnlySpan<byte> blob)
    {
        var at = _end;
        _file.Write(blob);
        _end += blob.Length;
        return at;
    }

    /// <summary>Before the first <see cref="Read"/>.</summary>
    public void Flush() => _file.Flush();

    public void Read(long at, Span<byte> blob)
    {
        for (var done = 0; done < blob.Length;)
        {
            var read = RandomAccess.Read(_file.SafeFileHandle, blob[done..], at + done);
            done += read > 0 ? read : throw new EndOfStreamException($"The file of bodies ends at {at + done}.");
        }
    }

    public void Dispose() => _file.Dispose();
}
