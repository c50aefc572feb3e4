using System.Buffers;
using System.Formats.Cbor;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using KubeLens.Gateway.Redact.Json;

namespace KubeLens.Gateway.Redact.Cbor;

/// <summary>
/// Writes one CBOR token after the other as JSON, by the rules of Kubernetes
/// (<see href="https://github.com/kubernetes/enhancements/blob/master/keps/sig-api-machinery/4222-cbor-serializer/README.md">KEP 4222</see>):
/// a byte string is a text whose encoding nobody checked, unless a tag says which text it stands for.
/// </summary>
internal sealed class CborJsonWriter(ArrayBufferWriter<byte> output) : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Tag 24: CBOR within a byte string, where no rule would look.
    private const CborTag EncodedItem = CborTag.EncodedCborDataItem;

    private readonly Utf8JsonWriter _json = new(output, Options);
    private readonly ArrayBufferWriter<byte> _chunks = new();
    private readonly Stack<bool> _isMap = new();
    private bool _isKeyNext;
    private CborTag? _encoding;

    public long Written => output.WrittenCount + _json.BytesPending;

    /// <summary>The last token was a tag.</summary>
    public bool IsTagged { get; private set; }

    /// <returns>False when it has no place in a Kubernetes object.</returns>
    /// <exception cref="CborContentException">It is malformed, or ends too early.</exception>
    public bool TryWrite(CborReader reader, CborReaderState state)
    {
        IsTagged = state == CborReaderState.Tag;
        if (IsTagged)
        {
            return TryTag(reader.ReadTag());
        }

        // A tag for text that is not on bytes, a name that is not text.
        if ((_encoding is not null && state is not (CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString))
            || (_isKeyNext && (_encoding is not null || !IsName(state))))
        {
            return false;
        }

        return state switch
        {
            CborReaderState.StartMap or CborReaderState.StartArray => TryStart(reader, state == CborReaderState.StartMap),
            CborReaderState.EndMap or CborReaderState.EndArray => End(reader, state == CborReaderState.EndMap),
            CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString or CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString => TryText(reader, state),
            _ => TryScalar(reader, state),
        };
    }

    public void Dispose() => _json.Dispose();

    private static bool IsName(CborReaderState state) => state is CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString
        or CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString or CborReaderState.EndMap;

    private bool TryTag(CborTag tag)
    {
        switch (tag)
        {
            case CborTag.Base64UrlLaterEncoding or CborTag.Base64StringLaterEncoding or CborTag.Base16StringLaterEncoding:
                _encoding = tag;
                return true;
            case CborTag.UnsignedBigNum or CborTag.NegativeBigNum or EncodedItem:
                return false;
            default:
                // 55799, which begins every object, and what the apiserver passes over, too.
                return true;
        }
    }

    private bool TryStart(CborReader reader, bool isMap)
    {
        if (_isMap.Count == JsonLimits.MaxDepth)
        {
            return false;
        }

        if (isMap)
        {
            reader.ReadStartMap();
            _json.WriteStartObject();
        }
        else
        {
            reader.ReadStartArray();
            _json.WriteStartArray();
        }

        _isMap.Push(isMap);
        _isKeyNext = isMap;
        return true;
    }

    private bool End(CborReader reader, bool isMap)
    {
        if (isMap)
        {
            reader.ReadEndMap();
            _json.WriteEndObject();
        }
        else
        {
            reader.ReadEndArray();
            _json.WriteEndArray();
        }

        _isMap.Pop();
        return EndValue();
    }

    private bool TryText(CborReader reader, CborReaderState state)
    {
        var isText = state is CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString;
        var bytes = Read(reader, state);
        if (_encoding is { } encoding)
        {
            _encoding = null;
            WriteEncoded(bytes, encoding);
            return EndValue();
        }

        if (!Utf8.IsValid(bytes))
        {
            if (isText)
            {
                return false;
            }

            // As the apiserver's JSON of the same text has it.
            bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));
        }

        if (_isKeyNext)
        {
            _json.WritePropertyName(bytes);
            _isKeyNext = false;
            return true;
        }

        _json.WriteStringValue(bytes);
        return EndValue();
    }

    private ReadOnlySpan<byte> Read(CborReader reader, CborReaderState state)
    {
        switch (state)
        {
            case CborReaderState.TextString:
                return reader.ReadDefiniteLengthTextStringBytes().Span;
            case CborReaderState.ByteString:
                return reader.ReadDefiniteLengthByteString().Span;
            case CborReaderState.StartIndefiniteLengthTextString:
                _chunks.ResetWrittenCount();
                reader.ReadStartIndefiniteLengthTextString();
                while (reader.PeekState() != CborReaderState.EndIndefiniteLengthTextString)
                {
                    _chunks.Write(reader.ReadDefiniteLengthTextStringBytes().Span);
                }

                reader.ReadEndIndefiniteLengthTextString();
                return _chunks.WrittenSpan;
            default:
                _chunks.ResetWrittenCount();
                reader.ReadStartIndefiniteLengthByteString();
                while (reader.PeekState() != CborReaderState.EndIndefiniteLengthByteString)
                {
                    _chunks.Write(reader.ReadDefiniteLengthByteString().Span);
                }

                reader.ReadEndIndefiniteLengthByteString();
                return _chunks.WrittenSpan;
        }
    }

    private void WriteEncoded(ReadOnlySpan<byte> bytes, CborTag encoding)
    {
        switch (encoding)
        {
            case CborTag.Base64StringLaterEncoding:
                _json.WriteBase64StringValue(bytes);
                break;
            case CborTag.Base64UrlLaterEncoding:
                _json.WriteStringValue(System.Buffers.Text.Base64Url.EncodeToString(bytes));
                break;
            default:
                _json.WriteStringValue(Convert.ToHexStringLower(bytes));
                break;
        }
    }

    private bool TryScalar(CborReader reader, CborReaderState state)
    {
        switch (state)
        {
            case CborReaderState.UnsignedInteger:
                _json.WriteNumberValue(reader.ReadUInt64());
                break;
            case CborReaderState.NegativeInteger:
                _json.WriteNumberValue(-1m - reader.ReadCborNegativeIntegerRepresentation());
                break;
            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat:
                if (reader.ReadDouble() is var number && !double.IsFinite(number))
                {
                    return false;
                }

                _json.WriteNumberValue(number);
                break;
            case CborReaderState.Boolean:
                _json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case CborReaderState.Null:
                reader.ReadNull();
                _json.WriteNullValue();
                break;
            case CborReaderState.SimpleValue when reader.ReadSimpleValue() == CborSimpleValue.Undefined:
                _json.WriteNullValue();
                break;
            default:
                return false;
        }

        return EndValue();
    }

    private bool EndValue()
    {
        _isKeyNext = _isMap.TryPeek(out var isMap) && isMap;
        if (_isMap.Count == 0)
        {
            _json.Flush();
            _json.Reset();
            output.Write("\n"u8);
        }

        return true;
    }
}
