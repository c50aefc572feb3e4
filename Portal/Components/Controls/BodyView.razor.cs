using KubeLens.Contracts.Search;
using KubeLens.Portal.Markup;
using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Controls;

/// <summary>A recorded body: as coloured JSON or as sent, with what is missing of it and why.</summary>
public sealed partial class BodyView
{
    private static readonly IReadOnlyList<(bool IsRaw, string Text)> Views = [(false, "Pretty"), (true, "Raw")];

    private bool _raw;
    private BodyItem? _seen;
    private BodyMarkup? _markup;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter, EditorRequired]
    public BodyItem? Body { get; set; }

    /// <summary>True while the call runs: bodies come with its end.</summary>
    [Parameter]
    public bool Pending { get; set; }

    private string NoteText => Body?.Note switch
    {
        "truncated" when IsProtobuf => "Sent as protobuf and longer than the capture cap: what came first is shown, type and metadata by name and the rest by the numbers of its fields.",
        "truncated" => $"Only the first {Show.Bytes(Body.KeptBytes)} of {Show.Bytes(Body.Bytes)} were kept: the body is longer than the capture cap.",
        "notCaptured" => "Not captured by policy: credentials, logs, shells and proxied streams are never kept.",
        "unsupportedType" => "Not kept: a body of this type cannot be redacted yet.",
        "undecodable" => "Not kept: the body did not parse, so its secrets could not be found.",
        "dropped" => "Dropped: the capture queue or the spool was full. The call itself was recorded.",
        "lost" => "Lost: the gateway ended before the body was redacted.",
        "expired" => "Kept for as long as its retention says, and gone with the headers.",
        "metadataOnly" => "Sent as protobuf: type and metadata are shown by name, the rest by the numbers of its fields, as far as it was kept.",
        BodyItem.NotPermitted => "Kept, and not shown: your role sees no bodies.",
        _ => "",
    };

    private bool IsProtobuf => Body?.ContentType.Contains("protobuf", StringComparison.OrdinalIgnoreCase) == true;

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_seen, Body))
        {
            _seen = Body;
            Paint();
        }
    }

    private void Choose(bool raw)
    {
        _raw = raw;
        Paint();
    }

    private void Paint() => _markup = Body is { Text.Length: > 0 } body ? BodyMarkup.Build(body.Text, pretty: !_raw) : null;
}
