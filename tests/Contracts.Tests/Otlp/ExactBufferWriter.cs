using System.Buffers;

namespace KubeLens.Contracts.Tests.Otlp;

/// <summary>Gives out no more than was asked for, at least one byte: shows a writer that writes past its hint.</summary>
internal sealed class ExactBufferWriter : IBufferWriter<byte>
{
    private readonly List<byte> _written = [];
    private byte[] _lent = [];

    public byte[] Written => [.. _written];

    public void Advance(int count) => _written.AddRange(_lent.AsSpan(0, count));

    public Memory<byte> GetMemory(int sizeHint = 0) => _lent = new byte[Math.Max(sizeHint, 1)];

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
