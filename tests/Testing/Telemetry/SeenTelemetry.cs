namespace KubeLens.Testing;

/// <summary>
/// Reads OTLP export requests by the numbers of their fields (open-telemetry/opentelemetry-proto). For the three signals alike:
/// request → Resource{Spans,Logs,Metrics} 1 → Scope{Spans,Logs,Metrics} 2 → items 2.
/// </summary>
public static class SeenTelemetry
{
    public static IReadOnlyList<SeenSpan> Spans(IEnumerable<byte[]> requests) => [.. Items(requests).Select(item => new SeenSpan(
        item.Scope,
        item.Message.Text(5),
        item.Message.Hex(1),
        item.Message.Hex(2),
        item.Message.Hex(4),
        item.Message.Number(6),
        TimeSpan.FromTicks((long)(item.Message.Number(8) - item.Message.Number(7)) / 100),
        item.Message.One(15)?.Number(3) ?? 0,
        item.Message.Attributes(9),
        [.. item.Message.All(13).Select(link => $"{link.Hex(1)}/{link.Hex(2)}")],
        item.Resource))];

    public static IReadOnlyList<SeenLog> Logs(IEnumerable<byte[]> requests) => [.. Items(requests).Select(item => new SeenLog(
        item.Scope,
        item.Message.Text(12),
        item.Message.Number(2),
        item.Message.One(5)?.Text(1) ?? "",
        item.Message.Hex(9),
        item.Message.Hex(10),
        item.Message.Attributes(6),
        item.Resource))];

    public static IReadOnlyList<SeenMetric> Metrics(IEnumerable<byte[]> requests) => [.. Items(requests).Select(item => Metric(item.Scope, item.Message, item.Resource))];

    private static SeenMetric Metric(string scope, ProtoMessage metric, IReadOnlyDictionary<string, string> resource)
    {
        var (type, data) = metric switch
        {
            _ when metric.One(5) is { } gauge => ("gauge", gauge),
            _ when metric.One(7) is { } sum => (sum.Number(3) == 1 ? "counter" : "updown", sum),
            _ when metric.One(9) is { } histogram => ("histogram", histogram),
            _ => throw new InvalidDataException($"{metric.Text(1)} is of a type that is not read here."),
        };
        return new SeenMetric(scope, metric.Text(1), metric.Text(2), metric.Text(3), type, [.. data.All(1).Select(point => type == "histogram" ? Histogram(point) : Number(point))], resource);
    }

    private static SeenPoint Number(ProtoMessage point) =>
        new(point.Attributes(7), point.Has(6) ? (long)point.Number(6) : point.Double(4), 0, [.. point.All(5).Select(exemplar => exemplar.Hex(5))]);

    private static SeenPoint Histogram(ProtoMessage point) =>
        new(point.Attributes(9), point.Double(5), point.Number(4), [.. point.All(8).Select(exemplar => exemplar.Hex(5))]);

    private static IEnumerable<(string Scope, ProtoMessage Message, IReadOnlyDictionary<string, string> Resource)> Items(IEnumerable<byte[]> requests)
    {
        foreach (var resource in requests.SelectMany(request => new ProtoMessage(request).All(1)))
        {
            var attributes = resource.One(1)?.Attributes(1) ?? new Dictionary<string, string>();
            foreach (var scope in resource.All(2))
            {
                var name = scope.One(1)?.Text(1) ?? "";
                foreach (var item in scope.All(2))
                {
                    yield return (name, item, attributes);
                }
            }
        }
    }
}
