using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Audit;
using KubeLens.DemoCluster.Tests.Access.Support;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.DemoCluster.Tests.Audit;

public sealed class AuditTests : IAsyncLifetime
{
    private AuditReceiver _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await AuditReceiver.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Call_Allowed_HasTwoStagesWithUserObjectAndDecision()
    {
        await using var host = await StartAsync();
        var client = host.Client("alice@example.com");
        client.DefaultRequestHeaders.UserAgent.ParseAdd("kubectl/v1.32.0");
        host.Create("Deployment", """{ "metadata": { "name": "web", "namespace": "shop" }, "spec": { "selector": { "matchLabels": { "a": "b" } }, "template": { "metadata": { "labels": { "a": "b" } }, "spec": { "containers": [{ "name": "c", "image": "i" }] } } } }""");
        await DemoHost.GetAsync(client, "/apis/apps/v1/namespaces/shop/deployments/web/scale?pretty=true");

        var events = await EventsAsync(2);

        events.Select(entry => (string)entry["stage"]!).ShouldBe(["RequestReceived", "ResponseComplete"]);
        var complete = events[1];
        ((string)complete["level"]!).ShouldBe("Metadata");
        ((string)complete["auditID"]!).ShouldBe((string)events[0]["auditID"]!);
        ((string)complete["verb"]!).ShouldBe("get");
        ((string)complete["requestURI"]!).ShouldBe("/apis/apps/v1/namespaces/shop/deployments/web/scale?pretty=true");
        ((string)complete["userAgent"]!).ShouldBe("kubectl/v1.32.0");
        complete["sourceIPs"]!.ToJsonString().ShouldBe("""["127.0.0.1"]""");
        complete["user"]!.ToJsonString().ShouldBe("""{"username":"alice@example.com","groups":["dev","system:authenticated"]}""");
        complete["objectRef"]!.ToJsonString().ShouldBe("""{"resource":"deployments","namespace":"shop","name":"web","apiGroup":"apps","apiVersion":"v1","subresource":"scale"}""");
        ((int)complete["responseStatus"]!["code"]!).ShouldBe(200);
        ((string)complete["annotations"]!["authorization.k8s.io/decision"]!).ShouldBe("allow");
        ((string)complete["annotations"]!["authorization.k8s.io/reason"]!).ShouldContain("\"developers\"");
        ((string)complete["stageTimestamp"]!).ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$");
        var batch = _receiver.Batches.First();
        ((string)batch["kind"]!, (string)batch["apiVersion"]!).ShouldBe(("EventList", "audit.k8s.io/v1"));
    }

    [Fact]
    public async Task Call_Denied_CarriesTheStatusAndTheDecision()
    {
        await using var host = await StartAsync();
        await DemoHost.GetAsync(host.Client("mallory@example.com"), "/api/v1/namespaces/shop/pods");

        var complete = (await EventsAsync(2))[1];

        ((int)complete["responseStatus"]!["code"]!).ShouldBe(403);
        ((string)complete["responseStatus"]!["reason"]!).ShouldBe("Forbidden");
        ((string)complete["responseStatus"]!["message"]!).ShouldContain("mallory@example.com");
        ((string)complete["annotations"]!["authorization.k8s.io/decision"]!).ShouldBe("forbid");
    }

    [Fact]
    public async Task Call_Impersonating_NamesBothUsers()
    {
        await using var host = await StartAsync();
        await DemoHost.GetAsync(host.Client("kubelens-gateway"), "/version", ("Impersonate-User", "zoe"));

        var complete = (await EventsAsync(2))[1];

        ((string)complete["user"]!["username"]!).ShouldBe("kubelens-gateway");
        ((string)complete["impersonatedUser"]!["username"]!).ShouldBe("zoe");
    }

    [Fact]
    public async Task Call_WithoutCredential_IsOneEvent()
    {
        await using var host = await StartAsync();
        await DemoHost.GetAsync(host.Client(), "/api/v1/pods");
        await DemoHost.GetAsync(host.Client("admin"), "/version");

        var events = await EventsAsync(3);

        ((string)events[0]["stage"]!, (int)events[0]["responseStatus"]!["code"]!).ShouldBe(("ResponseStarted", 401));
        ((string)events[1]["user"]!["username"]!).ShouldBe("admin");
    }

    [Fact]
    public async Task Call_OfADeprecatedVersion_SaysSo()
    {
        await using var host = await StartAsync();
        await DemoHost.GetAsync(host.Client("admin"), "/apis/batch/v1beta1/cronjobs");

        var annotations = (await EventsAsync(2))[1]["annotations"]!;

        ((string)annotations["k8s.io/deprecated"]!).ShouldBe("true");
        ((string)annotations["k8s.io/removed-release"]!).ShouldBe("1.25");
    }

    [Fact]
    public async Task FollowedLog_IsStartedBeforeItIsComplete()
    {
        await using var host = await StartAsync();
        host.Create("Pod", Samples.SinglePod);
        using (var answer = await host.Client("admin").GetAsync(new Uri("/api/v1/namespaces/shop/pods/single/log?follow=true", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            (await EventsAsync(2)).Select(entry => (string)entry["stage"]!).ShouldBe(["RequestReceived", "ResponseStarted"]);
        }

        ((string)(await EventsAsync(3))[2]["stage"]!).ShouldBe("ResponseComplete");
    }

    [Fact]
    public async Task Webhook_AwayForAWhile_GetsEveryEventOnceWithItsToken()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["token"], "sesame\n", TestContext.Current.CancellationToken);
        _receiver.Answers.Enqueue(503);
        _receiver.Answers.Enqueue(401);
        await using var host = await StartAsync(("DemoCluster:Audit:WebhookTokenFile", folder["token"]));
        await DemoHost.GetAsync(host.Client("admin"), "/version");

        await EventsAsync(2);

        _receiver.Authorizations.ShouldBe(["Bearer sesame", "Bearer sesame", "Bearer sesame"]);
    }

    [Fact]
    public async Task Stop_EventsWaiting_AreSentFirst()
    {
        await using var host = await StartAsync(("DemoCluster:Audit:BatchWait", "00:00:01"));
        for (var i = 0; i < 5; i++)
        {
            await DemoHost.GetAsync(host.Client("admin"), "/version");
        }

        await host.StopAsync();

        _receiver.Events.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Batches_AreNeverLargerThanAllowed()
    {
        await using var host = await StartAsync(("DemoCluster:Audit:BatchEvents", "7"));
        var client = host.Client("admin");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => DemoHost.GetAsync(client, "/version")));

        await EventsAsync(100);

        _receiver.Batches.ShouldAllBe(batch => batch["items"]!.AsArray().Count <= 7);
    }

    [Fact]
    public async Task Queue_Full_DropsAndCounts()
    {
        long dropped = 0;
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Name == "kubelens.democluster.audit.dropped") { self.EnableMeasurementEvents(instrument); } } };
        await using var host = await StartAsync(("DemoCluster:Audit:QueueLength", "1"), ("DemoCluster:Audit:BatchEvents", "1"), ("DemoCluster:Audit:WebhookUrl", "http://127.0.0.1:1/"), ("DemoCluster:Audit:ShutdownBudget", "00:00:00.1"));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Interlocked.Add(ref dropped, instrument.Meter.Scope == host.Services.GetRequiredService<IMeterFactory>() ? value : 0));
        listener.Start();
        var client = host.Client("admin");
        for (var i = 0; i < 10; i++)
        {
            await DemoHost.GetAsync(client, "/version");
        }

        await host.StopAsync();

        Interlocked.Read(ref dropped).ShouldBe(20);
    }

    [Fact]
    public async Task NoUrl_NothingIsWrittenOrKept()
    {
        await using var host = await DemoHost.StartAsync();
        await DemoHost.GetAsync(host.Client("admin"), "/version");
        await DemoHost.GetAsync(host.Client(), "/api");

        var writer = host.Services.GetRequiredService<AuditWriter>();
        writer.IsOn.ShouldBeFalse();
        writer.Events.Count.ShouldBe(0);
    }

    private Task<DemoHost> StartAsync(params (string Key, string Value)[] settings) => DemoHost.StartAsync(
        settings: [.. settings, ("DemoCluster:Audit:WebhookUrl", _receiver.Url), ("DemoCluster:Audit:BatchWait", "00:00:00.05")]);

    private async Task<IReadOnlyList<JsonObject>> EventsAsync(int count)
    {
        await Eventually.Async(() => _receiver.Events.Count >= count, TestContext.Current.CancellationToken);
        _receiver.Events.Count.ShouldBe(count);
        return _receiver.Events;
    }
}
