using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>A real TLS server in the apiserver's place that plays whatever a test scripts.</summary>
internal sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;

    private ScriptedUpstream(WebApplication app, X509Certificate2 certificate) => (_app, _certificate) = (app, certificate);

    /// <summary>Answers every request; a test may replace it at any time.</summary>
    public RequestDelegate Script { get; set; } = _ => Task.CompletedTask;

    public string Address { get; private set; } = "";

    public static async Task<ScriptedUpstream> StartAsync()
    {
        var certificate = SelfSigned();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = null;
            server.Limits.MaxRequestLineSize = 256 * 1024;
            server.Limits.MaxRequestHeadersTotalSize = 256 * 1024;
            server.Limits.Http2.MaxRequestHeaderFieldSize = 256 * 1024;
            server.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
        });
        var upstream = new ScriptedUpstream(builder.Build(), certificate);
        upstream._app.Run(context => upstream.Script(context));
        await upstream._app.StartAsync();
        upstream.Address = upstream._app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return upstream;
    }

    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>A kubeconfig for this server, with a bearer token.</summary>
    public string Kubeconfig(string token) => $$$"""
        apiVersion: v1
        kind: Config
        current-context: scripted
        contexts: [{name: scripted, context: {cluster: scripted, user: scripted}}]
        clusters: [{name: scripted, cluster: {server: "{{{Address}}}", certificate-authority-data: {{{Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(CertificatePem))}}} }}]
        users: [{name: scripted, user: {token: "{{{token}}}"}}]
        """;

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=scripted", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }
}
