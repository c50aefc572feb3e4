namespace KubeLens.Contracts.Otlp;

/// <summary>
/// An OTLP <c>LogRecord</c> where it lies (https://github.com/open-telemetry/opentelemetry-proto, logs/v1). What is read of it
/// points into the bytes of the request: those have to stay until it has been stored.
/// </summary>
public sealed class OtlpLog
{
    private const int TimeField = 1, AttributesField = 6, TraceIdField = 9, SpanIdField = 10, EventNameField = 12;
    private const int KeyField = 1, ValueField = 2;
    private const int ResourceLogsField = 1, ScopeLogsField = 2, LogRecordsField = 2;

    private readonly List<KeyValuePair<string, OtlpValue>> _attributes = new(64);
    private readonly LogAttributes _byKey = new();

    private OtlpLog()
    {
    }

    /// <summary>Where it is in its request, such as <c>resource_logs[0].scope_logs[0].log_records[3]</c>.</summary>
    public string Path => FormattableString.Invariant($"resource_logs[{Place.Resource}].scope_logs[{Place.Scope}].log_records[{Place.Record}]");

    public string EventName { get; private set; } = "";

    internal ulong TimeUnixNano { get; private set; }

    internal ReadOnlyMemory<byte> TraceId { get; private set; }

    internal ReadOnlyMemory<byte> SpanId { get; private set; }

    /// <summary>In their order, with those that are repeated.</summary>
    internal IReadOnlyList<KeyValuePair<string, OtlpValue>> Attributes => _attributes;

    /// <summary>The same, to ask by key: as long as the record holds.</summary>
    internal LogAttributes ByKey => _byKey.Of(this);

    private (int Resource, int Scope, int Record) Place { get; set; }

    /// <summary>The records of an <c>ExportLogsServiceRequest</c>. Fails with <see cref="InvalidDataException"/> where it is none.</summary>
    /// <param name="request">As it is encoded.</param>
    /// <returns>The same object for each of them: it holds until the next one is asked for.</returns>
    public static IEnumerable<OtlpLog> Of(ReadOnlyMemory<byte> request)
    {
        var log = new OtlpLog();
        var (resource, scope, record) = (-1, -1, -1);
        foreach (var logs in Fields(request, ResourceLogsField))
        {
            (resource, scope) = (resource + 1, -1);
            foreach (var scoped in Fields(logs, ScopeLogsField))
            {
                (scope, record) = (scope + 1, -1);
                foreach (var encoded in Fields(scoped, LogRecordsField))
                {
                    log.Place = (resource, scope, ++record);
                    log.Read(encoded);
                    yield return log;
                }
            }
        }
    }

    /// <summary>One record by itself. Fails with <see cref="InvalidDataException"/> where it is none.</summary>
    public static OtlpLog One(ReadOnlyMemory<byte> record)
    {
        var log = new OtlpLog();
        log.Read(record);
        return log;
    }

    private void Read(ReadOnlyMemory<byte> record)
    {
        _attributes.Clear();
        (EventName, TimeUnixNano, TraceId, SpanId) = ("", 0, default, default);
        var reader = new ProtobufReader(record.Span);
        while (reader.Next())
        {
            switch (reader.Field, reader.Wire)
            {
                case (TimeField, ProtobufReader.Fixed64):
                    TimeUnixNano = reader.Number;
                    break;
                case (AttributesField, ProtobufReader.Sized):
                    ReadAttribute(record.Slice(reader.Place.Start, reader.Place.Length));
                    break;
                case (TraceIdField, ProtobufReader.Sized):
                    TraceId = record.Slice(reader.Place.Start, reader.Place.Length);
                    break;
                case (SpanIdField, ProtobufReader.Sized):
                    SpanId = record.Slice(reader.Place.Start, reader.Place.Length);
                    break;
                case (EventNameField, ProtobufReader.Sized):
                    EventName = OtlpTexts.Of(record.Span.Slice(reader.Place.Start, reader.Place.Length));
                    break;
                default:
                    break;
            }
        }
    }

    private void ReadAttribute(ReadOnlyMemory<byte> pair)
    {
        var (key, value) = ("", default(OtlpValue));
        var reader = new ProtobufReader(pair.Span);
        while (reader.Next())
        {
            switch (reader.Field, reader.Wire)
            {
                case (KeyField, ProtobufReader.Sized):
                    key = OtlpTexts.Of(pair.Span.Slice(reader.Place.Start, reader.Place.Length));
                    break;
                case (ValueField, ProtobufReader.Sized):
                    value = OtlpValue.Read(pair.Slice(reader.Place.Start, reader.Place.Length));
                    break;
                default:
                    break;
            }
        }

        _attributes.Add(new(key, value));
    }

    // Messages of one field, in their order.
    private static List<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int field)
    {
        var fields = new List<ReadOnlyMemory<byte>>();
        var reader = new ProtobufReader(message.Span);
        while (reader.Next())
        {
            if ((reader.Field, reader.Wire) == (field, ProtobufReader.Sized))
            {
                fields.Add(message.Slice(reader.Place.Start, reader.Place.Length));
            }
        }

        return fields;
    }
}
