using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeLens.Gateway.Tests.Upstream;

/// <summary>A real TLS server in an apiserver's place that remembers who called.</summary>
internal sealed class TestApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApiServer(WebApplication app) => _app = app;

    public int Port { get; private set; }

    public string Address => $"https://127.0.0.1:{Port}";

    public ConcurrentQueue<Seen> Calls { get; } = new();

    public Func<HttpContext, Task>? Answer { get; set; }

    public string LastServerName { get; private set; } = "";

    public static async Task<TestApiServer> StartAsync(X509Certificate2 certificate, X509Certificate2Collection? chain = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        TestApiServer? server = null;
        var context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = handshake =>
                {
                    server!.LastServerName = handshake.ClientHelloInfo.ServerName;
                    return new(new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = context,
                        ClientCertificateRequired = true,
                        EnabledSslProtocols = SslProtocols.None,
#pragma warning disable CA5359 // Takes anybody: what was shown is what the tests look at.
                        RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
                    });
                },
            });
        }));
        var app = builder.Build();
        server = new TestApiServer(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        server.Port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        Calls.Enqueue(new Seen(
            context.Request.Protocol,
            context.Request.Headers.Authorization.ToString(),
            context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate?.Subject ?? "",
            context.Request.Headers.Where(header => header.Key.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase)).ToDictionary(header => header.Key, header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase),
            context.Connection.Id));
        if (Answer is { } answer)
        {
            await answer(context);
            return;
        }

        await context.Response.WriteAsync("""{"major":"1"}""");
    }

    internal sealed record Seen(string Protocol, string Authorization, string Certificate, Dictionary<string, string?[]> Impersonation, string Connection);
}
