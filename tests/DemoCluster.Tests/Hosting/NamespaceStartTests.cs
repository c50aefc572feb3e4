using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;
using KubeLens.DemoCluster.Tests.Access.Support;

namespace KubeLens.DemoCluster.Tests.Hosting;

public sealed class NamespaceStartTests
{
    private static readonly ResourceKind Accounts = ResourceKinds.Named("ServiceAccount");
    private static readonly ResourceKind ConfigMaps = ResourceKinds.Named("ConfigMap");

    [Fact]
    public async Task Namespace_New_HasItsAccountAndTheAuthority()
    {
        await using var host = await DemoHost.StartAsync();

        host.Create("Namespace", """{ "metadata": { "name": "shop" } }""");

        host.Store.Find(Accounts, "shop", "default").ShouldNotBeNull();
        ((string)host.Store.Find(ConfigMaps, "shop", "kube-root-ca.crt")!["data"]!["ca.crt"]!).ShouldStartWith("-----BEGIN CERTIFICATE-----");
    }

    [Fact]
    public async Task Account_Deleted_IsMadeAgain()
    {
        await using var host = await DemoHost.StartAsync();
        host.Create("Namespace", """{ "metadata": { "name": "shop" } }""");
        var first = host.Store.Find(Accounts, "shop", "default")!.Uid();

        host.Store.Delete(Accounts, "shop", "default");

        host.Store.Find(Accounts, "shop", "default")!.Uid().ShouldNotBe(first);
    }

    [Fact]
    public async Task Namespace_Deleted_GoesWithAllItHad()
    {
        await using var host = await DemoHost.StartAsync();
        host.Create("Namespace", """{ "metadata": { "name": "shop" } }""");

        host.Store.Delete(ResourceKinds.Named("Namespace"), "", "shop");

        host.Store.Find(ResourceKinds.Named("Namespace"), "", "shop").ShouldBeNull();
        host.Store.List(Accounts, "shop").Items.ShouldBeEmpty();
        host.Store.List(ConfigMaps, "shop").Items.ShouldBeEmpty();
    }
}
