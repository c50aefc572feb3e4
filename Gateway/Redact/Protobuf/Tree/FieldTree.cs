using System.Buffers;
using System.Text.Json;
using KubeLens.Gateway.Redact.Json;

namespace KubeLens.Gateway.Redact.Protobuf.Tree;

/// <summary>
/// Writes what is in an object beside its metadata as a member <c>fields</c>: a tree by the numbers of its fields, since protobuf has no names.
/// <code>
/// {"kind":"Pod","metadata":{…},"fields":{"2":{"2":{"1":"web","2":"nginx:1.27","16":[0,1]}},"3":{"1":"Running","9":{"bytes":17}}}}
/// </code>
/// A number that comes more than once is an array; bytes that are neither text nor message have their length; a tree that there was no room
/// for ends with <c>"cut":true</c>. The JSON is not redacted yet, but <see cref="Hidden"/> says what is to be that the redactor cannot see
/// without names. Not thread-safe; reused.
/// </summary>
internal sealed class FieldTree(SecretNames names)
{
    private readonly FieldStack _fields = new();
    private readonly TreeOutput _output = new();
    private readonly EmbeddedJsonReader _embedded = new();
    private Sensitivity _sensitivity;

    /// <summary>As of <see cref="JsonRedactor.Source"/>.</summary>
    public IReadOnlyList<int> Hidden => _output.Hidden;

    /// <summary>Bytes that were written.</summary>
    public int Written => _output.Written;

    /// <summary>Bytes that were taken of those allowed: those written, and those by which fingerprints will be longer.</summary>
    public int Taken => _output.Taken;

    /// <summary>Before the objects of another body.</summary>
    /// <param name="sensitivity">Of what was asked for.</param>
    public void Begin(Sensitivity sensitivity)
    {
        _sensitivity = sensitivity;
        _fields.Clear();
        Allow(0);
    }

    /// <summary>Before the objects of a body are written, perhaps once more.</summary>
    /// <param name="left">About the most bytes to write of all of them.</param>
    public void Allow(int left)
    {
        _output.Begin(left);
        _embedded.Begin();
    }

    /// <summary>Writes nothing when there is nothing to write, no room, or nothing of such objects may be seen.</summary>
    /// <param name="message">The object, a sound message.</param>
    /// <param name="kind">Of the object.</param>
    /// <param name="output">What <paramref name="json"/> writes to.</param>
    /// <param name="json">In the object.</param>
    public void Write(ReadOnlySpan<byte> message, string kind, ArrayBufferWriter<byte> output, Utf8JsonWriter json)
    {
        var isKeyed = KeyedTree.IsOf(kind);
        if ((!isKeyed && (_sensitivity >= Sensitivity.Secretish || KindNames.IsSecretish(kind))) || !_output.TryOpen(output, json))
        {
            return;
        }

        var (first, end) = _fields.Push(message);
        var shown = first;
        while (shown < end && _fields[shown].Number == ProtobufToJson.Meta)
        {
            shown++;
        }

        if (shown < end)
        {
            Write(message, kind, shown, end, isKeyed);
        }

        _fields.Pop(first);
        _output.Close();
    }

    private void Write(ReadOnlySpan<byte> message, string kind, int first, int end, bool isKeyed)
    {
        var json = _output.Json;
        if (isKeyed)
        {
            KeyedTree.WriteType(message, kind, first, end, _fields, json);
        }

        json.WriteStartObject("fields"u8);
        if (isKeyed)
        {
            KeyedTree.Write(message, first, end, _fields, _output);
        }
        else
        {
            new MessageTree(names, _fields, _output, _embedded).Write(message, first, end);
        }

        if (_output.IsCut)
        {
            json.WriteBoolean("cut"u8, true);
        }

        json.WriteEndObject();
    }
}
