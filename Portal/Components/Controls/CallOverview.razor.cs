using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Hosting;
using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace KubeLens.Portal.Components.Controls;

/// <summary>All single values of a call, in the order one asks: what, who, how it went, how it travelled, which ids.</summary>
public sealed partial class CallOverview
{
    [Parameter, EditorRequired]
    public CallDetails Call { get; set; } = default!;

    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = default!;

    [Inject]
    private IOptions<PortalOptions> Options { get; set; } = default!;

    private IEnumerable<(string Title, IReadOnlyList<Fact> Facts)> Sections =>
    [
        ("Object", [.. ObjectFacts]),
        .. Some("Request options", OptionFacts),
        .. Some("List", ListFacts),
        ("Caller",
        [
            new("User", Call.User),
            new("Known by", Call.UserSource),
            new("Impersonated user", Call.ImpersonatedUser),
            new("Pod", Call.Pod, Search: Of("pod", Call.Pod)),
            new("Node", Call.Node, Search: Of("node", Call.Node)),
            new("Groups", string.Join(", ", Call.Groups)),
            new("Gateway credential", Call.Caller),
            new("Source address", Call.SourceIp),
        ]),
        ("Client", [.. ClientFacts]),
        ("Outcome",
        [
            new("Outcome", Call.Outcome),
            new("Reason", Call.Reason),
            .. Known("Message", Call.Message),
            new("Started", $"{Show.Day(Call.StartedAt, Zone)} {Show.Clock(Call.StartedAt, Zone)} {Show.Offset(Call.StartedAt, Zone)}"),
            new("Ended", Call.InFlight ? "" : $"{Show.Day(Call.Time, Zone)} {Show.Clock(Call.Time, Zone)} {Show.Offset(Call.Time, Zone)}"),
            new(Call.InFlight ? "Running for" : "Latency", Show.Latency(Call.LatencyMs)),
            new("Request bytes", Show.Bytes(Call.RequestBytes)),
            new("Response bytes", Show.Bytes(Call.ResponseBytes)),
            .. Known("Flow schema", Call.Advice.FlowSchema, mono: true),
            .. Known("Priority level", Call.Advice.PriorityLevel, mono: true),
        ]),
        .. Some("Audit event", AuditFacts),
        ("Connection and ids",
        [
            new("Cluster", Call.Cluster),
            new("Gateway", Call.Gateway),
            new("Protocol", Call.Connection.Client.Protocol is { Length: > 0 } protocol ? $"HTTP/{protocol}" : ""),
            new("TLS", Call.Connection.Client.TlsVersion),
            new("Audit id", Call.AuditId),
            new("Client's audit id", Call.ClientAuditId),
            new("Trace id", Call.TraceId ?? ""),
            new("Call id", Call.Id),
        ]),
    ];

    private SearchUrl Of(string field, string value) => SearchUrl.Around(Call.Time, QueryPrinter.Print(QueryNodes.Field(field, QueryOperator.Any, QueryValue.Exact(value))));
}
