using KubeLens.Gateway.Tests.Proxy;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Clusters;

/// <summary>A gateway with a second cluster, <c>prod</c>, that a settings file adds.</summary>
public sealed class TwoUpstreams : InProcessGateway
{
    public const string Host = "prod.kube.example";

    internal ScriptedUpstream Prod { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        Prod = await ScriptedUpstream.StartAsync();
        WriteKubeconfig(Prod);
        WriteSettings($$$"""{"Clusters":{"prod":{"Kubeconfig":"{{{Home["prod"]}}}","Hosts":["{{{Host}}}"],"ResponseBodyBytes":0} } }""");
        await base.InitializeAsync();
        Upstream.Script = context => context.Response.WriteAsync("default");
        Prod.Script = context => context.Response.WriteAsync("prod");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Prod.DisposeAsync();
    }

    /// <summary>Where the cluster prod is from the next reading on.</summary>
    internal void WriteKubeconfig(ScriptedUpstream prod) => Replace(Home["prod"], prod.Kubeconfig("prod-token"));

    internal void WriteSettings(string json) => Replace(Home["gateway.json"], json);

    // As editors and mounted volumes do.
    private static void Replace(string path, string text)
    {
        File.WriteAllText($"{path}.new", text);
        File.Move($"{path}.new", path, overwrite: true);
    }
}
