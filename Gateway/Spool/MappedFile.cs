using System.IO.MemoryMappedFiles;

namespace KubeLens.Gateway.Spool;

/// <summary>
/// A file mapped whole, read and write. The only place that touches raw memory. Whoever holds a span of it must make
/// sure that nobody disposes it meanwhile: writers by <see cref="Segment"/>'s count, the reader by its gate.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    public MappedFile(string path)
    {
        Length = checked((int)new FileInfo(path).Length);
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.ReadWrite);
        _view = _file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.ReadWrite);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    public int Length { get; }

    public Span<byte> Span(int offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return new Span<byte>(_start + offset, length);
    }

    /// <summary>For atomic access; <paramref name="offset"/> is a multiple of 4.</summary>
    public ref uint Word(int offset) => ref *(uint*)CheckedStart(offset, sizeof(uint));

    /// <summary>For atomic access; <paramref name="offset"/> is a multiple of 8.</summary>
    public ref ulong LongWord(int offset) => ref *(ulong*)CheckedStart(offset, sizeof(ulong));

    /// <summary>Has the kernel write every changed page, and waits for it.</summary>
    public void Flush() => _view.Flush();

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.SafeMemoryMappedViewHandle.Dispose(); // first: disposing an open view waits for the disk, and most files are about to be deleted
        _view.Dispose();
        _file.Dispose();
    }

    private byte* CheckedStart(int offset, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - size);
        return _start + offset;
    }
}
