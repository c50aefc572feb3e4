using System.Buffers.Binary;
using KubeLens.Gateway.Redact.Protobuf;

namespace KubeLens.Gateway.Capture.Watches;

/// <summary>
/// Events as frames: 4 bytes of length, big-endian, then a <c>WatchEvent</c> of <c>type = 1</c> and <c>object = 2 { raw = 1 }</c>, whose raw is
/// a <see cref="ProtobufEnvelope"/> (kubernetes/kubernetes, staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/generated.proto). Fields come in the
/// order of their numbers, metadata first, so the first bytes of a frame tell all; only these are looked at.
/// </summary>
internal sealed class WatchProtobuf(WatchTally tally) : IWatchReader
{
    private const int LengthBytes = 4, LookedAt = 2048;
    private const int Type = 1, Object = 2, Raw = 1;
    private const int Metadata = 1, Name = 1, Namespace = 3, Version = 6, ListVersion = 2;
    private const int StatusReason = 4, StatusCode = 6;

    private readonly WatchHead _head = new();
    private readonly byte[] _lengthBytes = new byte[LengthBytes];
    private byte[] _start = [];
    private int _lengthRead, _kept;
    private uint _length, _remaining;

    public string Problem { get; private set; } = "";

    public bool IsAtBoundary => _lengthRead == 0;

    public void Append(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty && Problem.Length == 0)
        {
            data = data[(_lengthRead < LengthBytes ? Head(data) : Content(data))..];
        }
    }

    private int Head(ReadOnlySpan<byte> data)
    {
        var count = Math.Min(data.Length, LengthBytes - _lengthRead);
        data[..count].CopyTo(_lengthBytes.AsSpan(_lengthRead));
        _lengthRead += count;
        if (_lengthRead == LengthBytes)
        {
            _length = _remaining = BinaryPrimitives.ReadUInt32BigEndian(_lengthBytes);
            _kept = 0;
            if (_length == 0)
            {
                End([]);
            }
        }

        return count;
    }

    private int Content(ReadOnlySpan<byte> data)
    {
        var count = (int)Math.Min((uint)data.Length, _remaining);
        var start = data[..Math.Min(count, LookedAt - _kept)];
        var isWhole = _kept == 0 && count == _length;
        if (!isWhole && !start.IsEmpty)
        {
            if (_start.Length == 0)
            {
                _start = new byte[LookedAt];
            }

            start.CopyTo(_start.AsSpan(_kept));
            _kept += start.Length;
        }

        _remaining -= (uint)count;
        if (_remaining == 0)
        {
            End(isWhole ? start : _start.AsSpan(0, _kept));
        }

        return count;
    }

    private void End(ReadOnlySpan<byte> start)
    {
        _lengthRead = 0;
        _head.Reset();
        _head.Open();
        var fields = new ProtobufFields(start);
        while (fields.Next())
        {
            if (fields is { Number: Type, Type: WireType.Delimited })
            {
                _head.Key("type"u8);
                _head.Set(WatchHead.Text(fields.Bytes));
            }
            else if (fields is { Number: Object, Type: WireType.Delimited })
            {
                ReadObject(Find(fields.Bytes, Raw));
            }
        }

        // Cut is what is not looked at.
        if (fields.IsMalformed || (fields.IsCut && _length <= LookedAt))
        {
            Problem = "a frame is no watch event";
            return;
        }

        tally.Count(_head, _length);
    }

    private void ReadObject(ReadOnlySpan<byte> raw)
    {
        if (!ProtobufEnvelope.TryRead(raw, out var envelope))
        {
            return;
        }

        var isStatus = envelope.Kind == "Status";
        var content = envelope.Raw;
        _head.Key("object"u8);
        _head.Open();
        var metadata = Find(content, Metadata);
        _head.Key("metadata"u8);
        _head.Open();
        Set("name"u8, isStatus ? default : Find(metadata, Name));
        Set("namespace"u8, isStatus ? default : Find(metadata, Namespace));
        Set("resourceVersion"u8, Find(metadata, isStatus ? ListVersion : Version));
        _head.Close();
        if (isStatus)
        {
            Set("reason"u8, Find(content, StatusReason));
            _head.Key("code"u8);
            _head.Set(TryFind(content, StatusCode, WireType.Varint, out var code) ? code.Value : 0);
        }
    }

    private void Set(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        _head.Key(key);
        _head.Set(WatchHead.Text(value));
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> message, int number) => TryFind(message, number, WireType.Delimited, out var field) ? field.Bytes : default;

    private static bool TryFind(ReadOnlySpan<byte> message, int number, WireType type, out ProtobufFields field)
    {
        field = new ProtobufFields(message);
        while (field.Next())
        {
            if (field.Number == number && field.Type == type)
            {
                return true;
            }
        }

        return false;
    }
}
