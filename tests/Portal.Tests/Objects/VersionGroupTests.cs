using KubeLens.Contracts.Search;
using KubeLens.Portal.Objects;
using KubeLens.Portal.Tests.Fixtures;

namespace KubeLens.Portal.Tests.Objects;

public sealed class VersionGroupTests
{
    [Fact]
    public void Versions_OfStatusInARow_AreFolded()
        => Sizes(ObjectScript.Deployment().Versions, "").ShouldBe([1, 1, 1, 3, 1, 1]);

    [Fact]
    public void Versions_OneIsShown_IsNotFolded()
    {
        var versions = ObjectScript.Deployment().Versions;
        Sizes(versions, versions[4].CallId).ShouldBe(Enumerable.Repeat(1, 8));
    }

    private static IEnumerable<int> Sizes(IReadOnlyList<ObjectVersion> versions, string selected) => VersionGroup.Of(versions, selected).Select(group => group.Versions.Count);
}
