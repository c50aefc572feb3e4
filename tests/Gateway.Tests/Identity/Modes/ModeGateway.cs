using System.Net.Http.Headers;
using KubeLens.Gateway.Tests.Proxy;

namespace KubeLens.Gateway.Tests.Identity.Modes;

/// <summary>A gateway in one mode before a scripted apiserver.</summary>
public abstract class ModeGateway : GatewayUnderTest
{
    protected ModeGateway(string mode) => Settings["Cluster__Identity"] = mode;

    internal ScriptedApiServer Server { get; } = new();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Upstream.Script = Server.AnswerAsync;
    }

    /// <summary>A client that shows a token and no certificate.</summary>
    internal HttpClient WithToken(string token, Version? version = null)
    {
        var client = Client(version, withCertificate: false);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
