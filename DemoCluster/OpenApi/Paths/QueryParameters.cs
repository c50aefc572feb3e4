using System.Collections.Immutable;

namespace KubeLens.DemoCluster.OpenApi.Paths;

/// <summary>The query parameters by which clients learn what the server can do.</summary>
internal static class QueryParameters
{
    public static readonly QueryParameter Pretty = new("pretty", "string", "true: print the answer with line breaks.");

    private static readonly QueryParameter DryRun = new("dryRun", "string", "All: check everything and keep nothing.");
    private static readonly QueryParameter FieldManager = new("fieldManager", "string", "Whose change this is in managedFields.");
    private static readonly QueryParameter FieldValidation = new("fieldValidation", "string", "Ignore, Warn or Strict, for fields the kind does not have.");
    private static readonly QueryParameter Force = new("force", "boolean", "Take fields over that others own; only with apply.");

    private static readonly ImmutableArray<QueryParameter> Choosing =
    [
        new("labelSelector", "string", "Only objects with these labels."),
        new("fieldSelector", "string", "Only objects with these field values."),
        new("limit", "integer", "Most objects in one answer."),
        new("continue", "string", "Goes on where the last page ended."),
        new("resourceVersion", "string", "Which state of the cluster is wanted."),
        new("resourceVersionMatch", "string", "How resourceVersion is meant: Exact or NotOlderThan."),
        new("timeoutSeconds", "integer", "Ends the call after this time."),
    ];

    private static readonly ImmutableArray<QueryParameter> Deleting =
    [
        DryRun,
        new("gracePeriodSeconds", "integer", "Seconds before it is forced; 0 is at once."),
        new("orphanDependents", "boolean", "Older form of propagationPolicy."),
        new("propagationPolicy", "string", "Orphan, Background or Foreground, for what it owns."),
    ];

    /// <summary>By the operation's action.</summary>
    public static ImmutableArray<QueryParameter> Of(string action) => action switch
    {
        "list" =>
        [
            .. Choosing,
            new("watch", "boolean", "Stay and report every change."),
            new("allowWatchBookmarks", "boolean", "Also report progress without a change."),
            new("sendInitialEvents", "boolean", "Begin a watch with all objects there are."),
        ],
        "post" or "put" => [DryRun, FieldManager, FieldValidation],
        "patch" => [DryRun, FieldManager, FieldValidation, Force],
        "delete" => Deleting,
        "deletecollection" => [.. Choosing, .. Deleting],
        _ => [],
    };
}
