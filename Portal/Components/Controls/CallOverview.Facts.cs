using System.Globalization;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Components.Controls;

/// <summary>What bodies, options and headers told of a call: shown where there is some of it.</summary>
public sealed partial class CallOverview
{
    private IEnumerable<Fact> ObjectFacts =>
    [
        new("Resource", Call.Resource),
        new("Subresource", Call.Subresource),
        new("API group", Call.Resource.Length > 0 && Call.ApiGroup.Length == 0 ? "core" : Call.ApiGroup),
        new("API version", Call.ApiVersion),
        new("Namespace", Call.Namespace),
        new("Name", Call.Name),
        .. Known("Uid", Call.Object.Uid, "uid", mono: true),
        .. Known("Resource version", Call.Object.ResourceVersion, "rv"),
        .. Known("Version before", Call.Object.ResourceVersionBefore, "rv"),
        .. Known("Generation", Text(Call.Object.Generation)),
        .. Known("Owner", string.Join(' ', new[] { Call.Object.OwnerKind, Call.Object.OwnerName }.Where(part => part.Length > 0))),
        .. Known("Label selector", Call.LabelSelector, "selector"),
        .. Known("Field selector", Call.FieldSelector, "selector"),
    ];

    private IEnumerable<Fact> OptionFacts => Call.Options is not { } options ? [] :
    [
        .. Known("Field manager", options.FieldManager, "fieldmanager"),
        .. options.DryRun ? [new Fact("Dry run", "yes, nothing was to be stored", Search: Of("dryrun", "true"))] : Array.Empty<Fact>(),
        .. Known("Patch type", options.PatchType),
        .. Known("Propagation", options.Propagation),
        .. Known("Asked version", options.ResourceVersion),
        .. Known("Version match", options.ResourceVersionMatch),
        .. Known("Limit", Text(options.Limit)),
        .. Known("Continued", options.Continued ? "yes, the page after another one" : ""),
    ];

    private IEnumerable<Fact> ListFacts => Call.Listing is not { } listing ? [] :
    [
        new("Items", listing.Items is { } items ? Text(items) : "unknown: longer than what was kept"),
        .. Known("Remaining", Text(listing.RemainingItems)),
        .. Known("Answer", listing.Part switch { "whole" => "the whole list", "page" => listing.Continues ? "a page, more follow" : "the last page", _ => "" }),
    ];

    private IEnumerable<Fact> ClientFacts =>
    [
        new("Program", Call.Program.Name, Search: Call.Program.Name.Length > 0 ? Of("client", Call.Program.Name) : null),
        .. Known("Version", Call.Program.Version),
        .. Known("Platform", Call.Program.Platform),
        .. Known("Component", Call.Program.Component),
        .. Known("Command", Call.Program.Command, "client"),
        .. Known("Session", Call.Program.Session, "session", mono: true),
        new("User agent", Call.UserAgent),
    ];

    private IEnumerable<Fact> AuditFacts =>
    [
        .. Call.Source switch
        {
            CallSources.Bypass => [new Fact("Source", "the apiserver only: it passed no gateway", Search: Of("is", "bypass"))],
            CallSources.Conflict => [new Fact("Source", "the apiserver only: it came with the audit id of another call", Search: Of("is", "conflict"))],
            _ => Array.Empty<Fact>(),
        },
        .. Call.Audit is not { } audit ? [] : (IEnumerable<Fact>)
        [
            .. Known("Decision", audit.Decision, "decision"),
            .. Known("Because", audit.Reason),
            new("Received", $"{Show.Day(audit.ReceivedAt, Zone)} {Show.Clock(audit.ReceivedAt, Zone)} by the apiserver's clock"),
            .. audit.Deprecated ? [new Fact("API version", audit.RemovedRelease.Length > 0 ? $"deprecated, gone in Kubernetes {audit.RemovedRelease}" : "deprecated", Search: Of("is", "deprecated"))] : Array.Empty<Fact>(),
            .. audit.Panicked ? [new Fact("Handler", "panicked")] : Array.Empty<Fact>(),
        ],
    ];

    private static IEnumerable<(string Title, IReadOnlyList<Fact> Facts)> Some(string title, IEnumerable<Fact> facts)
    {
        IReadOnlyList<Fact> some = [.. facts];
        return some.Count > 0 ? [(title, some)] : [];
    }

    /// <param name="name">What it is called.</param>
    /// <param name="value">Empty: there is no such line.</param>
    /// <param name="field">By which it is searched.</param>
    /// <param name="mono">In letters of one width.</param>
    private IEnumerable<Fact> Known(string name, string value, string field = "", bool mono = false) =>
        value.Length == 0 ? [] : [new Fact(name, value, mono, Searched(field, value))];

    // An id is searched as a UUID only.
    private SearchUrl? Searched(string field, string value) =>
        field.Length == 0 || (field is "uid" or "session" && !Guid.TryParseExact(value, "D", out _)) ? null : Of(field, value);

    private static string Text(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "";
}
