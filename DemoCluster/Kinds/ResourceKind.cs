using System.Collections.Immutable;

namespace KubeLens.DemoCluster.Kinds;

/// <summary>One served resource: what discovery says of it, and where its objects are kept.</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Resource">The plural of the path, such as <c>deployments</c>.</param>
internal sealed record ResourceKind(string Group, string Version, string Kind, string Resource, bool Namespaced)
{
    public ImmutableArray<string> ShortNames { get; init; } = [];

    /// <summary>Such as <c>all</c>, of <c>kubectl get all</c>.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Besides the object itself: <c>status</c>, <c>scale</c>, <c>log</c>, <c>exec</c>…</summary>
    public ImmutableArray<string> Subresources { get; init; } = [];

    /// <summary>False for kinds that are only ever created, such as a TokenReview: nothing of them is kept.</summary>
    public bool Stored { get; init; } = true;

    /// <summary>A PUT of one that is not there creates it; of most kinds it is a 404.</summary>
    public bool IsCreatedByUpdate { get; init; }

    /// <summary>Not empty for a deprecated version: the text of its <c>Warning</c> header.</summary>
    public string Deprecation { get; init; } = "";

    /// <summary><c>v1</c>, <c>apps/v1</c>.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public string Singular => Kind.ToLowerInvariant();

    /// <summary>All versions of a resource share their objects; so do the events of both groups.</summary>
    public string StorageKey => Group == "events.k8s.io" ? "/events" : $"{Group}/{Resource}";
}
