using KubeLens.EndToEnd.Tests.Transparency;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>Two real clusters behind one port, driven by kubectl.</summary>
public sealed class TwoClustersTests(TestCluster clusters)
{
    private const string Host = "second.kube.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoClusters_ByPathAndByServerName_AreEachReachedAndAWatchSurvivesAReload()
    {
        var first = await clusters.RequireAsync(Cancel);
        var second = await clusters.RequireAnotherAsync(Cancel);
        var name = $"which-{Guid.NewGuid():N}"[..14];
        (await first.Kubectl("admin").RunAsync(["create", "configmap", name, "--from-literal=cluster=first"], Cancel)).Require();
        (await second.Kubectl("admin").RunAsync(["create", "configmap", name, "--from-literal=cluster=second"], Cancel)).Require();
        try
        {
            using var folder = new TempFolder("clusters");
            var settings = folder["settings.json"];
            Write(settings, second, "262144");
            await using var gateway = await TransparentGateway.StartAsync(first.Kubeconfig("admin"), "credential", Cancel, ("Gateway__SettingsFile", settings));
            var byPath = first.KubectlWith(gateway.Issued);
            var byName = first.KubectlWith(WithServerName(gateway));
            string[] which = ["get", "configmap", name, "--output", "jsonpath={.data.cluster}"];

            (await byPath.RunAsync(which, Cancel)).Require().ShouldBe("first");
            (await byPath.RunAsync([.. which, "--context", "second"], Cancel)).Require().ShouldBe("second");
            (await byName.RunAsync(which, Cancel)).Require().ShouldBe("second");

            await using var watch = byPath.Start("get", "configmaps", "--watch-only", "--output", "name", "--context", "second");
            await Eventually.Async(async () => await EventSeenAsync(second, watch), Cancel, what: "the watch runs");
            Write(settings, second, "1024");
            await Eventually.Async(() => gateway.Process.Lines.Any(line => line.Contains("its running calls go on", StringComparison.Ordinal)), Cancel, what: "the reload");
            (await second.Kubectl("admin").RunAsync(["create", "configmap", "after-the-reload"], Cancel)).Require();
            await Eventually.Async(() => watch.Lines.Contains("configmap/after-the-reload"), Cancel, what: "the watch's next event");
            watch.HasExited.ShouldBeFalse();
            (await byPath.RunAsync([.. which, "--context", "second"], Cancel)).Require().ShouldBe("second");

            var recorded = gateway.Sink.Matching(call => call.Name == name).Select(call => call.Cluster).ToList();
            await Eventually.Async(() => (recorded = [.. gateway.Sink.Matching(call => call.Name == name).Select(call => call.Cluster)]).Count == 4, Cancel, what: "four records");
            recorded.Count(cluster => cluster == "second").ShouldBe(3);
            gateway.Sink.Matching(call => call.Name == name && call.Path.Contains("/clusters/", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        finally
        {
            await first.Kubectl("admin").RunAsync(["delete", "configmap", name], CancellationToken.None);
        }
    }

    private static void Write(string settings, ClusterAccess second, string cap)
    {
        File.WriteAllText($"{settings}.new", $$$"""{ "Clusters": { "second": { "Kubeconfig": "{{{second.Kubeconfig("admin")}}}", "Hosts": ["{{{Host}}}"], "ResponseBodyBytes": {{{cap}}} } } }""");
        File.Move($"{settings}.new", settings, overwrite: true);
    }

    /// <summary>As with a DNS name of the cluster that leads to the gateway.</summary>
    private static string WithServerName(TransparentGateway gateway)
    {
        var file = gateway.File("by-name.kubeconfig");
        File.WriteAllText(file, File.ReadAllText(gateway.Issued).Replace("    certificate-authority-data:", $"    tls-server-name: {Host}\n    certificate-authority-data:", StringComparison.Ordinal));
        return file;
    }

    private static async Task<bool> EventSeenAsync(ClusterAccess second, TestProcess watch)
    {
        (await second.Kubectl("admin").RunAsync(["create", "configmap", $"seen-{Guid.NewGuid():N}"], Cancel)).Require();
        return watch.Lines.Any(line => line.StartsWith("configmap/seen-", StringComparison.Ordinal));
    }
}
