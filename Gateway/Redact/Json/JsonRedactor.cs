using System.Buffers;
using System.Text.Json;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact.Rules;
using KubeLens.Gateway.Redact.Rules.Paths;

namespace KubeLens.Gateway.Redact.Json;

/// <summary>
/// The second pass: copies the document and puts fingerprints in the place of sensitive values.
/// <code>
/// {"data":{"password":"czNj"},"kind":"Secret"}  →  {"data":{"password":"&lt;redacted:sha-5b1f…&gt;"},"kind":"Secret"}
/// </code>
/// What is not replaced is copied byte for byte. Not thread-safe; reused.
/// </summary>
internal sealed class JsonRedactor : IDisposable
{
    private const int FirstDepth = 32;

    private static ReadOnlySpan<byte> Mask => "\"<redacted>\""u8;

    private readonly SecretNames _names;
    private readonly JsonOutline _outline;
    private readonly TreatmentPolicy _policy;
    private readonly Fingerprint _fingerprint;
    private readonly PathWalk _paths = new();
    private Frame[] _frames = new Frame[FirstDepth];
    private byte[] _scratch = [];
    private HiddenValues _hidden;

    public JsonRedactor(SecretNames names, FingerprintKey key)
    {
        _names = names;
        _outline = new JsonOutline(names);
        _policy = new TreatmentPolicy(_outline);
        _fingerprint = new Fingerprint(key);
    }

    /// <summary>Whose a document is.</summary>
    /// <param name="Hidden">Where in it, in rising order, stands before a value that is redacted whatever else is known of it; null for nowhere.</param>
    internal readonly record struct Source(bool IsRequest, bool IsPatch, Sensitivity Sensitivity, string Namespace, string Name, CallRules? Rules = null, IReadOnlyList<int>? Hidden = null);

    /// <summary>How it ended: whether the document's end was reached, how many values were replaced, and where in what was written its items are.</summary>
    internal readonly record struct Result(bool Whole, int Redacted, ListItems Items);

    /// <param name="json">The document, or several in a row; UTF-8 without a byte order mark.</param>
    /// <param name="isWhole">False when it may end anywhere: then it is kept up to its last whole token.</param>
    /// <param name="source">Whose it is.</param>
    /// <param name="limit">The most bytes to write.</param>
    /// <param name="output">Receives the redacted document.</param>
    /// <exception cref="JsonException">The document is malformed, not merely cut.</exception>
    /// <exception cref="InvalidOperationException">An escape in it is malformed.</exception>
    public Result Redact(ReadOnlySpan<byte> json, bool isWhole, in Source source, int limit, ArrayBufferWriter<byte> output)
    {
        _outline.Read(json, isWhole);
        _paths.Begin(source.Rules, source.IsPatch);
        _policy.Begin(source.IsRequest, _paths.IsOn);
        _hidden = new HiddenValues(source.Hidden);
        var mayHoldCredentials = CredentialText.MayContain(json);
        var reader = new Utf8JsonReader(json, isWhole, new JsonReaderState(JsonLimits.Reader));
        var (depth, notes, redacted, copied, end) = (0, 0, 0, 0, 0);
        var (itemsStart, items) = (0, default(ListItems));
        _frames[0] = new Frame { IsArray = true, Place = Place.Api, Default = source.Sensitivity, Note = -1, Index = -1 };
        while (reader.Read())
        {
            ref var frame = ref _frames[depth];
            var token = reader.TokenType;
            if (frame.IsArray && token is not JsonTokenType.EndArray)
            {
                frame.Index++;
                if (_paths.IsOn)
                {
                    _paths.EnterElement(depth, frame.Index);
                }
            }

            switch (token)
            {
                case JsonTokenType.PropertyName:
                    EnterMember(ref reader, ref frame);
                    if (_paths.IsOn)
                    {
                        EnterPath(ref reader, frame, depth, json);
                    }

                    if ((frame.Treatment is Treatment.All or Treatment.Strict && !SecretNames.IsKey(Text(ref reader))) || (_paths.IsOn && PathWalk.IsManagedValue(Text(ref reader))))
                    {
                        goto default;
                    }

                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray when _paths.IsOn && _paths.Action(depth) == RedactAction.Mask:
                    var first = (int)reader.TokenStartIndex;
                    if (output.WrittenCount + first - copied + Mask.Length > limit)
                    {
                        return Cut(json, copied, end, output, redacted, items);
                    }

                    output.Write(json[copied..first]);
                    output.Write(Mask);
                    redacted++;
                    var isPassed = Subtree.Pass(ref reader, ref notes);
                    copied = (int)reader.BytesConsumed;
                    if (!isPassed)
                    {
                        return new Result(false, redacted, items);
                    }

                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    var isArray = token == JsonTokenType.StartArray;
                    var child = _policy.Enter(frame, isArray, isArray ? frame.Note : notes++, json);
                    if (isArray && depth == 0 && source.IsPatch)
                    {
                        child.Place = Place.Operation;
                    }

                    if (isArray && AreItems(depth))
                    {
                        itemsStart = output.WrittenCount + (int)reader.BytesConsumed - copied;
                    }

                    if (_paths.IsOn)
                    {
                        child.Treatment = _paths.Action(depth) == RedactAction.None ? child.Treatment : Treatment.All;
                        _paths.Descend(depth, !isArray && child.Place == Place.Api);
                    }

                    Descend(ref depth, child);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    depth--;
                    if (token == JsonTokenType.EndArray && AreItems(depth))
                    {
                        items = new ListItems(itemsStart, output.WrittenCount + (int)reader.TokenStartIndex - copied, frame.Index + 1);
                    }

                    break;
                default:
                    if (token == JsonTokenType.PropertyName || MustRedact(ref reader, ref frame, depth, json, mayHoldCredentials))
                    {
                        var start = (int)reader.TokenStartIndex;
                        if (output.WrittenCount + start - copied + Fingerprint.Length + 2 > limit)
                        {
                            return Cut(json, copied, end, output, redacted, items);
                        }

                        output.Write(json[copied..start]);
                        Replace(ref reader, json, depth, source, output);
                        // Of a member's name the colon stays.
                        copied = token == JsonTokenType.PropertyName ? start + reader.ValueSpan.Length + 2 : (int)reader.BytesConsumed;
                        redacted++;
                    }

                    break;
            }

            if (output.WrittenCount + reader.BytesConsumed - copied > limit)
            {
                return Cut(json, copied, end, output, redacted, items);
            }

            end = (int)reader.BytesConsumed;
        }

        output.Write(json[copied..end]);
        return new Result(depth == 0 && json[end..].IndexOfAnyExcept(" \t\r\n"u8) < 0, redacted, items);
    }

    public void Dispose() => _fingerprint.Dispose();

    private static Result Cut(ReadOnlySpan<byte> json, int copied, int end, ArrayBufferWriter<byte> output, int redacted, ListItems items)
    {
        output.Write(json[copied..Math.Max(copied, end)]);
        return new Result(false, redacted, items.End < output.WrittenCount ? items : default);
    }

    // {"kind":"PodList","items":[…]}: a member of the first object at the top.
    private bool AreItems(int depth) => depth == 1 && !_frames[1].IsArray && _frames[0].Index == 0 && (_frames[1].Member is Member.Items or Member.Rows);

    private void EnterMember(ref Utf8JsonReader reader, ref Frame frame)
    {
        var name = Text(ref reader);
        frame.Member = MemberNames.Of(name);
        frame.MemberName = new TextSlice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        frame.SecretMember = frame.Treatment != Treatment.All && (SecretNames.IsSecretMember(name) || SecretNames.IsObjectCopy(name));
    }

    private void EnterPath(ref Utf8JsonReader reader, in Frame frame, int depth, ReadOnlySpan<byte> json)
    {
        if (frame is { Treatment: Treatment.Patch, Member: Member.Value } && _outline[frame.Note] is { Complete: true, Paths: 1 } note)
        {
            _paths.EnterPointer(depth, note.Path.In(json));
        }
        else
        {
            _paths.EnterMember(depth, Text(ref reader));
        }
    }

    private bool MustRedact(ref Utf8JsonReader reader, ref Frame frame, int depth, ReadOnlySpan<byte> json, bool mayHoldCredentials)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            // "No value" is structure: a merge patch deletes by it.
            return false;
        }

        if (_hidden.Contain(reader.TokenStartIndex) || _policy.RedactsScalar(frame, reader.TokenType is JsonTokenType.True or JsonTokenType.False, json))
        {
            frame.SecretFollows = false;
            return true;
        }

        var isSelected = _paths.IsOn && _paths.Action(depth) != RedactAction.None;
        if (reader.TokenType != JsonTokenType.String)
        {
            return isSelected;
        }

        var text = Text(ref reader);
        if (frame.IsArray && LooksLikeFlag(ref frame, text))
        {
            return true;
        }

        return isSelected
            || ((mayHoldCredentials || reader.ValueIsEscaped) && CredentialText.Contains(text))
            || (frame.Member == Member.Message && frame.Treatment == Treatment.Status && StatusReasons.QuotesContent(text));
    }

    // ["--db-password=x"], ["--db-password", "x"], ["DB_PASSWORD=x"]
    private bool LooksLikeFlag(ref Frame frame, ReadOnlySpan<byte> text)
    {
        frame.SecretFollows = _names.AnnouncesSecret(text);
        return _names.IsSecretAssignment(text);
    }

    private void Replace(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int depth, in Source source, ArrayBufferWriter<byte> output)
    {
        if (_paths.IsOn && _paths.Action(depth) == RedactAction.Mask && reader.TokenType != JsonTokenType.PropertyName)
        {
            output.Write(Mask);
            return;
        }

        var owner = _frames[depth].Owner;
        Span<byte> salt = stackalloc byte[FingerprintSalt.MaxLength];
        _fingerprint.Begin(owner > 0 ? FingerprintSalt.Of(_outline[_frames[owner].Note], json, source, salt) : FingerprintSalt.Of(source, salt));
        for (var i = owner; i <= depth; i++)
        {
            if (_frames[i].IsArray)
            {
                _fingerprint.Add(_frames[i].Index);
            }
            else
            {
                _fingerprint.Add(_frames[i].MemberName.In(json));
            }
        }

        _fingerprint.Add(Text(ref reader));
        output.Write("\""u8);
        _fingerprint.End(output);
        output.Write("\""u8);
    }

    private ReadOnlySpan<byte> Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        if (_scratch.Length < reader.ValueSpan.Length)
        {
            _scratch = new byte[reader.ValueSpan.Length * 2];
        }

        return _scratch.AsSpan(0, reader.CopyString(_scratch));
    }

    private void Descend(ref int depth, in Frame child)
    {
        if (++depth == _frames.Length)
        {
            Array.Resize(ref _frames, depth * 2);
        }

        _frames[depth] = child;
        if (!child.IsArray && (_outline[child.Note].Uid.Length > 0 || _outline[child.Note].Name.Length > 0))
        {
            _frames[depth].Owner = depth;
        }
    }
}
