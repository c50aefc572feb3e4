using System.Text.Json;

namespace KubeLens.Gateway.Redact.Json;

/// <summary>The first pass over a document: one <see cref="ObjectNote"/> an object, in the order of their opening braces.</summary>
internal sealed class JsonOutline(SecretNames names)
{
    private const int FirstCapacity = 64;

    private ObjectNote[] _notes = new ObjectNote[FirstCapacity];
    private Level[] _levels = new Level[FirstCapacity];
    private byte[] _scratch = [];
    private int _count;

    public ref ObjectNote this[int index] => ref _notes[index];

    /// <exception cref="JsonException">The document is malformed, not merely cut.</exception>
    /// <exception cref="InvalidOperationException">An escape in it is malformed.</exception>
    public void Read(ReadOnlySpan<byte> json, bool isWhole)
    {
        _count = 0;
        var depth = 0;
        _levels[0] = new Level { Note = -1 };
        var reader = new Utf8JsonReader(json, isWhole, new JsonReaderState(JsonLimits.Reader));
        while (reader.Read())
        {
            ref var level = ref _levels[depth];
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    level.Member = MemberNames.Of(Text(ref reader));
                    if (level.Member is Member.Metadata || MemberNames.IsData(level.Member))
                    {
                        _notes[level.Note].HasPayload = true;
                    }

                    break;
                case JsonTokenType.StartObject:
                    Descend(ref depth, AddNote(), level.Member == Member.Metadata ? level.Note : -1);
                    break;
                case JsonTokenType.StartArray:
                    Descend(ref depth, -1, -1);
                    break;
                case JsonTokenType.EndObject:
                    _notes[level.Note].Complete = true;
                    depth--;
                    break;
                case JsonTokenType.EndArray:
                    depth--;
                    break;
                case JsonTokenType.String when level.Note >= 0:
                    Note(ref reader, level);
                    break;
            }
        }
    }

    private void Note(ref Utf8JsonReader reader, in Level level)
    {
        ref var note = ref _notes[level.Note];
        var slice = new TextSlice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        switch (level.Member)
        {
            case Member.Kind:
                note.Kinds |= KindNames.Of(Text(ref reader));
                break;
            case Member.Reason:
                note.HarmlessReason = StatusReasons.IsHarmless(Text(ref reader));
                break;
            case Member.Path:
                note.Paths++;
                note.Path = slice;
                break;
            case Member.Name or Member.Key:
                note.Named = true;
                note.SecretName |= names.IsSecretVariable(Text(ref reader));
                break;
        }

        if (level.MetadataOf >= 0)
        {
            ref var owner = ref _notes[level.MetadataOf];
            switch (level.Member)
            {
                case Member.Uid: owner.Uid = slice; break;
                case Member.Name: owner.Name = slice; break;
                case Member.Namespace: owner.Namespace = slice; break;
            }
        }
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

    private int AddNote()
    {
        if (_count == _notes.Length)
        {
            Array.Resize(ref _notes, _count * 2);
        }

        _notes[_count] = default;
        return _count++;
    }

    private void Descend(ref int depth, int note, int metadataOf)
    {
        if (++depth == _levels.Length)
        {
            Array.Resize(ref _levels, depth * 2);
        }

        _levels[depth] = new Level { Note = note, MetadataOf = metadataOf };
    }

    private struct Level
    {
        public int Note;
        public int MetadataOf;
        public Member Member;
    }
}
