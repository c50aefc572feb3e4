using KubeLens.DemoCluster.Life.Clock;

namespace KubeLens.DemoCluster.Life.Story;

/// <summary>Something that happens once in the history.</summary>
internal interface IScene
{
    /// <param name="end">The moment at which history becomes the present.</param>
    void Plan(Agenda agenda, DateTimeOffset end);
}
