namespace KubeLens.DemoCluster.Access;

/// <summary>A user as the API server sees one.</summary>
internal sealed record DemoUser(string Name, IReadOnlyList<string> Groups)
{
    public static readonly DemoUser Anonymous = new("system:anonymous", ["system:unauthenticated"]);

    public string Uid { get; init; } = "";

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
