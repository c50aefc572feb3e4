using System.Text.Json;

namespace KubeLens.Gateway.Normalize;

/// <summary>Reads an <see cref="ObjectHead"/> in one pass forward, which ends with the metadata where nothing after it tells more.</summary>
internal ref struct ObjectHeadReader(ReadOnlySpan<byte> json, ListItems items)
{
    /// <summary>Of the words; names have at most 253 characters.</summary>
    private const int LongestWord = 1_024;

    private readonly ReadOnlySpan<byte> _json = json;
    private Utf8JsonReader _reader = new(json, isFinalBlock: false, default);
    private bool _isPastItems;
    private ObjectHead _head = new() { Items = items.AreKnown ? items.Count : null };

    public ObjectHead Read()
    {
        try
        {
            if (_reader.Read() && _reader.TokenType == JsonTokenType.StartObject)
            {
                ReadTop();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON after all (InvalidOperationException: text that is not UTF-8).
            return _head;
        }

        return _head;
    }

    private void ReadTop()
    {
        while (NextMember())
        {
            if (_reader.ValueTextEquals("kind"u8))
            {
                _head.Kind = Word();
            }
            else if (_reader.ValueTextEquals("reason"u8))
            {
                _head.Reason = Word();
            }
            else if (_reader.ValueTextEquals("message"u8))
            {
                _head.Message = Word();
            }
            else if (_reader.ValueTextEquals("metadata"u8))
            {
                _head.HasMetadata = ReadMetadata();
            }
            else if (_reader.ValueTextEquals("details"u8))
            {
                ReadMetadata();
            }
            else if (_reader.ValueTextEquals("deleteOptions"u8))
            {
                ReadDeleteOptions();
            }
            else if (!ReadDeleteOption() && !Skip())
            {
                return;
            }

            // The metadata of a Status is empty, and an Eviction has its options after it.
            if (_head is { HasMetadata: true, Kind: not (null or "Status" or "Eviction") })
            {
                return;
            }
        }
    }

    /// <summary>Whether its end was reached.</summary>
    private bool ReadMetadata()
    {
        if (!Enter(JsonTokenType.StartObject))
        {
            return false;
        }

        while (NextMember())
        {
            if (_reader.ValueTextEquals("name"u8))
            {
                _head.Name = Word();
            }
            else if (_reader.ValueTextEquals("namespace"u8))
            {
                _head.Namespace = Word();
            }
            else if (_reader.ValueTextEquals("uid"u8))
            {
                _head.Uid = Word();
            }
            else if (_reader.ValueTextEquals("resourceVersion"u8))
            {
                _head.ResourceVersion = Word();
            }
            else if (_reader.ValueTextEquals("generation"u8))
            {
                _head.Generation = Number();
            }
            else if (_reader.ValueTextEquals("continue"u8))
            {
                _head.Continues = !string.IsNullOrEmpty(Word());
            }
            else if (_reader.ValueTextEquals("remainingItemCount"u8))
            {
                _head.RemainingItems = Number();
            }
            else if (_reader.ValueTextEquals("ownerReferences"u8))
            {
                ReadOwners();
            }
            else if (!Skip())
            {
                return false;
            }
        }

        // At the end of what was cut the token is still the last one, which may be the end of a label map.
        return _reader.TokenType == JsonTokenType.EndObject && _reader.CurrentDepth == 1;
    }

    // [{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web-7d4b","uid":"…","controller":true}]
    private void ReadOwners()
    {
        if (!Enter(JsonTokenType.StartArray))
        {
            return;
        }

        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType != JsonTokenType.StartObject)
            {
                _reader.TrySkip();
                continue;
            }

            var (kind, name, controls) = ReadOwner();
            if (controls || _head.OwnerKind is null)
            {
                (_head.OwnerKind, _head.OwnerName) = (kind ?? "", name);
            }
        }
    }

    private (string? Kind, string? Name, bool Controls) ReadOwner()
    {
        string? kind = null, name = null;
        var controls = false;
        while (NextMember())
        {
            if (_reader.ValueTextEquals("kind"u8))
            {
                kind = Word();
            }
            else if (_reader.ValueTextEquals("name"u8))
            {
                name = Word();
            }
            else if (_reader.ValueTextEquals("controller"u8))
            {
                controls = _reader.Read() && _reader.TokenType == JsonTokenType.True;
                _reader.TrySkip();
            }
            else if (!Skip())
            {
                break;
            }
        }

        return (kind, name, controls);
    }

    private void ReadDeleteOptions()
    {
        if (!Enter(JsonTokenType.StartObject))
        {
            return;
        }

        while (NextMember() && (ReadDeleteOption() || Skip()))
        {
        }
    }

    /// <summary>False when the member is none of them.</summary>
    private bool ReadDeleteOption()
    {
        if (_reader.ValueTextEquals("dryRun"u8))
        {
            // ["All"]
            if (Enter(JsonTokenType.StartArray))
            {
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                {
                    _head.DryRun |= _reader.TokenType == JsonTokenType.String;
                    _reader.TrySkip();
                }
            }

            return true;
        }

        if (_reader.ValueTextEquals("propagationPolicy"u8))
        {
            _head.Propagation = Word();
            return true;
        }

        if (!_reader.ValueTextEquals("preconditions"u8))
        {
            return false;
        }

        if (Enter(JsonTokenType.StartObject))
        {
            while (NextMember())
            {
                if (_reader.ValueTextEquals("resourceVersion"u8))
                {
                    _head.PreconditionVersion = Word();
                }
                else if (!Skip())
                {
                    break;
                }
            }
        }

        return true;
    }

    private bool NextMember() => _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Reads the member's value; passes over one of another type.</summary>
    private bool Enter(JsonTokenType type)
    {
        if (!_reader.Read())
        {
            return false;
        }

        if (_reader.TokenType == type)
        {
            return true;
        }

        _reader.TrySkip();
        return false;
    }

    /// <summary>Passes over the member's value: in one step where it is the items that were counted already.</summary>
    private bool Skip()
    {
        if (!_reader.Read())
        {
            return false;
        }

        if (_reader.TokenType == JsonTokenType.StartArray && items.AreKnown && !_isPastItems && _reader.BytesConsumed == items.Start)
        {
            _isPastItems = true;
            _reader = new Utf8JsonReader(_json[items.End..], isFinalBlock: false, _reader.CurrentState);
            return _reader.Read();
        }

        return _reader.TrySkip();
    }

    private string? Word()
    {
        if (!Enter(JsonTokenType.String))
        {
            return null;
        }

        var word = _reader.GetString()!;
        return word.Length <= LongestWord ? word : word[..LongestWord];
    }

    private long? Number() => Enter(JsonTokenType.Number) && _reader.TryGetInt64(out var number) && number >= 0 ? number : null;
}
