using System.Text;

namespace KubeLens.DemoCluster.OpenApi.Gnostic;

/// <summary>Writes one protobuf message (protobuf.dev/programming-guides/encoding): only what the gnostic document needs.</summary>
internal sealed class ProtoWriter
{
    private const int Varint = 0;
    private const int LengthDelimited = 2;

    private readonly List<byte> _bytes = [];

    /// <summary>Absent and empty texts are the same in proto3.</summary>
    public void Text(int field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Bytes(field, Encoding.UTF8.GetBytes(value));
        }
    }

    public void Flag(int field, bool value)
    {
        if (value)
        {
            Number(((ulong)field << 3) | Varint);
            Number(1);
        }
    }

    /// <summary>Written even when it is empty: that it is there says something.</summary>
    public void Message(int field, Action<ProtoWriter> write)
    {
        var inner = new ProtoWriter();
        write(inner);
        Bytes(field, inner.ToArray());
    }

    public byte[] ToArray() => [.. _bytes];

    private void Bytes(int field, byte[] value)
    {
        Number(((ulong)field << 3) | LengthDelimited);
        Number((ulong)value.Length);
        _bytes.AddRange(value);
    }

    private void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Add((byte)(value | 0x80));
        }

        _bytes.Add((byte)value);
    }
}
