using System.Globalization;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Markup;
using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Controls;

/// <summary>An exec, attach or port-forward: what was asked for, how it ended, how much passed, and what was shown where that was recorded.</summary>
public sealed partial class SessionView
{
    private string _transcript = "";
    private CallDetails? _seen;

    [Parameter, EditorRequired]
    public SessionItem Session { get; set; } = default!;

    [Parameter, EditorRequired]
    public CallDetails Call { get; set; } = default!;

    private bool IsPorts => Session.Kind == "portforward";

    private string Css => Session.Result switch { "success" => "ok", "failure" => "fail", _ => "none" };

    private string Sign => Session.Result switch { "success" => "✓", "failure" => "✖", _ => "–" };

    private string ResultText => (Session.Result, Session.ExitCode) switch
    {
        (_, { } code) => string.Create(CultureInfo.InvariantCulture, $"exit code {code}"),
        ("success", _) => "ended well",
        ("failure", _) => "failed",
        _ when IsPorts => Show.Count(Session.Connections, "connection", "connections"),
        _ => "exit status not known",
    };

    private string RecordingNote => Call.ResponseBody?.Note switch
    {
        "truncated" => "Only the beginning was kept: the recording is longer than its cap.",
        "dropped" => "The recording was dropped: there was no memory for it.",
        "lost" => "The recording was lost: the gateway ended before it was stored.",
        "expired" => "The recording was kept for as long as its retention says, and is gone.",
        BodyItem.NotPermitted => "The recording is kept, and not shown: your role sees no recordings.",
        _ => "",
    };

    private IReadOnlyList<Fact> Facts => IsPorts
        ?
        [
            new("Ports", string.Join(", ", Session.Ports)),
            new("Connections", Show.Count(Session.Connections, "connection", "connections")),
            new("Sent", Show.Bytes(Session.InputBytes)),
            new("Received", Show.Bytes(Session.OutputBytes)),
            new("Protocol", Session.Protocol),
        ]
        :
        [
            new("Command", string.Join(' ', Session.Command.Select(Quote)), Mono: true),
            new("Container", Session.Container),
            new("Terminal", Session.IsTty ? $"yes{(Session.Columns is { } columns ? string.Create(CultureInfo.InvariantCulture, $", {columns} × {Session.Rows}") : "")}" : "no"),
            new("Resizes", Session.Resizes.ToString(CultureInfo.InvariantCulture)),
            new("Streams", string.Join(", ", Session.Streams)),
            new("stdin", Show.Bytes(Session.InputBytes)),
            new("stdout", Show.Bytes(Session.OutputBytes)),
            new("stderr", Show.Bytes(Session.ErrorBytes)),
            new("Protocol", Session.Protocol),
            new("Recorded", Session.Recorded),
        ];

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_seen, Call))
        {
            _seen = Call;
            _transcript = Session.Recorded.Length > 0 && Call.ResponseBody is { } body ? Transcript.Of(body.Text) : "";
        }
    }

    private static string Quote(string word) => word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "-_./:=,<>".Contains(c, StringComparison.Ordinal)) ? word : $"'{word}'";
}
