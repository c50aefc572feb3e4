using System.Net;
using KubeLens.Store.Access;
using KubeLens.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Access;

public sealed class AccessTableTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryEndpoint_IsInTheTable_AndOpensToItsRoleOnly()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Telemetry:Prometheus=loopback");
        var endpoints = store.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().ToList();
        endpoints.Count.ShouldBe(AccessTable.Roles.Count);

        using var apiServer = store.ApiServer("prod");
        using var viewer = store.As(StoreRole.Viewer);
        using var auditor = store.As(StoreRole.Auditor);
        using var admin = store.As(StoreRole.Admin);
        (HttpClient Client, StoreRole Its, StoreRole[] Opens)[] clients =
        [
            (store.Nobody, StoreRole.Anyone, []),
            (store.Service, StoreRole.Service, [StoreRole.Service]),
            (apiServer, StoreRole.ApiServer, [StoreRole.ApiServer]),
            (viewer, StoreRole.Viewer, [StoreRole.Viewer]),
            (auditor, StoreRole.Auditor, [StoreRole.Viewer, StoreRole.Auditor]),
            (store.Auditor, StoreRole.Auditor, [StoreRole.Viewer, StoreRole.Auditor]),
            (admin, StoreRole.Admin, [StoreRole.Viewer, StoreRole.Auditor, StoreRole.Admin]),
        ];
        foreach (var (name, role) in AccessTable.Roles)
        {
            var (method, path) = (name.Split(' ')[0], name.Split(' ')[1].Replace("{id}", "x", StringComparison.Ordinal).Replace("{id:long}", "1", StringComparison.Ordinal).Replace("{note:long}", "1", StringComparison.Ordinal).Replace("{documentName}", "v1", StringComparison.Ordinal));
            foreach (var (client, its, opens) in clients)
            {
                using var request = new HttpRequestMessage(method == "*" ? HttpMethod.Get : HttpMethod.Parse(method), path);
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
                var allowed = role == StoreRole.Anyone || opens.Contains(role);
                var refused = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
                refused.ShouldBe(!allowed, $"{name} by {its}: {response.StatusCode}");
                if (refused)
                {
                    response.StatusCode.ShouldBe(its == StoreRole.Anyone ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, name);
                    response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
                }
            }
        }
    }

    [Fact]
    public async Task Request_WithoutOrWithAWrongToken_IsToldWhatIsMissing()
    {
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel);

        using var missing = await store.Nobody.GetAsync("/api/v1/calls", Cancel);
        missing.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        missing.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await missing.Content.ReadAsStringAsync(Cancel)).ShouldContain("Authorization: Bearer");
        foreach (var token in new[] { "wrong", TestStore.ApiToken + "x", "klv2.e30.AAAA", "klv2.", "", "klv2.x." + new string('A', 43) })
        {
            using var client = store.Client(token);
            using var wrong = await client.GetAsync("/api/v1/calls", Cancel);
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, token);
            wrong.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
        }

        using var role = await store.Service.GetAsync("/api/v1/calls", Cancel);
        (await role.Content.ReadAsStringAsync(Cancel)).ShouldContain("the service token may not use GET /api/v1/calls");
    }

    [Fact]
    public async Task UnknownPathOrMethod_IsNotFoundOrNotAllowed()
    {
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel);

        (await store.Nobody.GetAsync("/nothing", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await store.Service.GetAsync("/v1/logs", Cancel)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task TokenFile_Replaced_CountsAtOnce()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        (await store.Auditor.GetAsync("/api/v1/calls", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await File.WriteAllTextAsync(store.Folder["api-token"], "another-token", Cancel);
        (await store.Auditor.GetAsync("/api/v1/calls", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var other = store.Client("another-token");
        (await other.GetAsync("/api/v1/calls", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);

        File.Delete(store.Folder["api-token"]);
        (await other.GetAsync("/api/v1/calls", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        store.Logs.Lines.ShouldContain(l => l.Id.Id == 1403 && l.Text.Contains("Access:ApiTokenFile"));
    }

    [Theory]
    [InlineData("Host", "evil.example", HttpStatusCode.BadRequest)]
    [InlineData("Host", "127.0.0.1.evil.example:6445", HttpStatusCode.BadRequest)]
    [InlineData("Host", "localhost", HttpStatusCode.OK)]
    [InlineData("Host", "[::1]:6445", HttpStatusCode.OK)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "none", HttpStatusCode.OK)]
    public async Task Request_FromAWebPageElsewhere_IsRefused(string header, string value, HttpStatusCode expected)
    {
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await store.Nobody.SendAsync(request, Cancel);

        response.StatusCode.ShouldBe(expected);
    }
}
