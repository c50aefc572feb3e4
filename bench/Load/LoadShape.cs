using System.Net;

namespace KubeLens.Bench.Load;

/// <summary>How the load comes.</summary>
internal sealed record LoadShape(string Name, Version Version, int Connections, int Streams)
{
    public static readonly LoadShape Multiplexed = new("multiplexed (HTTP/2, 8 × 20)", HttpVersion.Version20, 8, 20);
    public static readonly LoadShape SingleStream = new("single stream (HTTP/1.1)", HttpVersion.Version11, 1, 1);

    public static readonly IReadOnlyList<LoadShape> All = [Multiplexed, SingleStream];
}
