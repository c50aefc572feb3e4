using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Controls;

/// <summary>All single values of a call, in the order one asks: what, who, how it went, how it travelled, which ids.</summary>
public sealed partial class CallOverview
{
    [Parameter, EditorRequired]
    public CallDetails Call { get; set; } = default!;

    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = default!;

    private IEnumerable<(string Title, IReadOnlyList<(string Name, string Value)> Rows)> Sections =>
    [
        ("Object",
        [
            ("Resource", Call.Resource),
            ("Subresource", Call.Subresource),
            ("API group", Call.Resource.Length > 0 && Call.ApiGroup.Length == 0 ? "core" : Call.ApiGroup),
            ("API version", Call.ApiVersion),
            ("Namespace", Call.Namespace),
            ("Name", Call.Name),
            ("Label selector", Call.LabelSelector),
            ("Field selector", Call.FieldSelector),
        ]),
        ("Caller",
        [
            ("User", Call.User),
            ("Known by", Call.UserSource),
            ("Impersonated user", Call.ImpersonatedUser),
            ("Groups", string.Join(", ", Call.Groups)),
            ("Gateway credential", Call.Caller),
            ("User agent", Call.UserAgent),
            ("Source address", Call.SourceIp),
        ]),
        ("Outcome",
        [
            ("Outcome", Call.Outcome),
            ("Reason", Call.Reason),
            ("Started", $"{Show.Day(Call.StartedAt, Zone)} {Show.Clock(Call.StartedAt, Zone)} {Show.Offset(Call.StartedAt, Zone)}"),
            ("Ended", $"{Show.Day(Call.Time, Zone)} {Show.Clock(Call.Time, Zone)} {Show.Offset(Call.Time, Zone)}"),
            ("Latency", Show.Latency(Call.LatencyMs)),
            ("Request bytes", Show.Bytes(Call.RequestBytes)),
            ("Response bytes", Show.Bytes(Call.ResponseBytes)),
        ]),
        ("Connection and ids",
        [
            ("Cluster", Call.Cluster),
            ("Gateway", Call.Gateway),
            ("Protocol", Call.Connection.Client.Protocol is { Length: > 0 } protocol ? $"HTTP/{protocol}" : ""),
            ("TLS", Call.Connection.Client.TlsVersion),
            ("Audit id", Call.AuditId),
            ("Client's audit id", Call.ClientAuditId),
            ("Trace id", Call.TraceId ?? ""),
            ("Call id", Call.Id),
        ]),
    ];
}
