using System.Buffers;

namespace KubeLens.Store.Sealing.Columns;

/// <summary>The bytes of a column while it is decoded, borrowed: a search decodes many columns, one after the other.</summary>
internal readonly ref struct UnpackedBytes(int length)
{
    private readonly byte[] _rented = ArrayPool<byte>.Shared.Rent(length);

    public Span<byte> Span => _rented.AsSpan(0, length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);
}
