using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Tests.Kinds;

public sealed class ResourceKindsTests
{
    [Fact]
    public void Find_TwoVersionsOfOneResource_ShareTheirObjects()
    {
        var current = ResourceKinds.Find("batch", "v1", "cronjobs").ShouldNotBeNull();
        var deprecated = ResourceKinds.Find("batch", "v1beta1", "cronjobs").ShouldNotBeNull();

        deprecated.StorageKey.ShouldBe(current.StorageKey);
        deprecated.Deprecation.ShouldContain("batch/v1 CronJob");
        current.Deprecation.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "v1", "deployments")]
    [InlineData("apps", "v1beta1", "deployments")]
    [InlineData("apps", "v1", "Deployments")]
    public void Find_NotServed_IsNull(string group, string version, string resource) => ResourceKinds.Find(group, version, resource).ShouldBeNull();
}
