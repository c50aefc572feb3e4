using System.Net;
using KubeLens.Gateway.Identity.Tokens;
using KubeLens.Gateway.Identity.Tokens.Oidc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeLens.Gateway.Tests.Identity.Tokens.Oidc;

public sealed class JwksDownloadTests : IAsyncLifetime
{
    private WebApplication _issuer = null!;
    private RequestDelegate _answer = context => context.Response.WriteAsync("{}");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        _issuer = builder.Build();
        _issuer.Run(context => _answer(context));
        await _issuer.StartAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _issuer.DisposeAsync();

    [Fact]
    public async Task Read_Answer_IsItsText() => (await ReadAsync()).ShouldBe("{}");

    [Theory]
    [InlineData(302)]
    [InlineData(500)]
    public async Task Read_AnythingElse_CannotBeKnownNow(int status)
    {
        _answer = context =>
        {
            context.Response.StatusCode = context.Request.Path == "/keys" ? status : 200;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };

        (await Should.ThrowAsync<TokenUnverifiedException>(ReadAsync)).Message.ShouldContain($"{status}");
    }

    [Fact]
    public async Task Read_TooMuch_CannotBeKnownNow()
    {
        _answer = context => context.Response.WriteAsync(new string(' ', 2 << 20));

        await Should.ThrowAsync<TokenUnverifiedException>(ReadAsync);
    }

    [Fact]
    public async Task Read_NobodyThere_CannotBeKnownNow()
    {
        await _issuer.StopAsync(TestContext.Current.CancellationToken);

        await Should.ThrowAsync<TokenUnverifiedException>(ReadAsync);
    }

    private Task<string> ReadAsync() => new JwksDownload(new Uri(new Uri(_issuer.Urls.Single()), "/keys")).ReadAsync(TestContext.Current.CancellationToken);
}
