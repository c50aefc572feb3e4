using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Audit;

/// <summary><c>POST /audit/webhook</c>: who may, what is taken, and what is said of what is not.</summary>
public sealed class AuditWebhookTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 400, "body: expected the JSON of an audit.k8s.io/v1 EventList")]
    [InlineData("[]", 400, "body: expected an object of kind EventList")]
    [InlineData("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1beta1\",\"items\":[]}", 400, "apiVersion: expected audit.k8s.io/v1, found \"audit.k8s.io/v1beta1\"; leave --audit-webhook-version")]
    [InlineData("{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\"}", 400, "kind: expected EventList, found \"Event\"")]
    [InlineData("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\"}", 400, "items: expected a list of events")]
    [InlineData("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[7]}", 400, "items[0]: expected an object of kind Event")]
    [InlineData("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[]}", 200, "\"status\":\"Success\"")]
    public async Task Body_ThatIsNoEventList_IsToldWhatItShouldBe(string body, int status, string message)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var client = store.ApiServer("prod");

        using var response = await client.PostAsync("/audit/webhook", AuditSample.Json(body), Cancel);

        var answer = await response.Content.ReadAsStringAsync(Cancel);
        ((int)response.StatusCode).ShouldBe(status, answer);
        ((string)JsonNode.Parse(answer)!["kind"]!).ShouldBe("Status");
        answer.Replace("\\u0022", "\"", StringComparison.Ordinal).ShouldContain(message);
    }

    [Theory]
    [InlineData("auditID", "\"\"", "items[1].auditID: expected a string that is not empty")]
    [InlineData("auditID", "7", "items[1].auditID: expected a string")]
    [InlineData("stage", "\"Later\"", "items[1].stage: expected RequestReceived, ResponseStarted, ResponseComplete or Panic")]
    [InlineData("stage", "\"2\"", "items[1].stage: expected RequestReceived")]
    [InlineData("verb", "[]", "items[1].verb: expected a string")]
    [InlineData("requestURI", "{}", "items[1].requestURI: expected a string")]
    [InlineData("user", "[]", "items[1].user: expected an object")]
    [InlineData("user", "{\"groups\":[1]}", "items[1].user.groups: expected a list of strings")]
    [InlineData("responseStatus", "{\"code\":\"200\"}", "items[1].responseStatus.code: expected a number")]
    [InlineData("responseStatus", "{\"code\":200000}", "items[1].responseStatus.code: expected a whole number from 0 to 999")]
    [InlineData("stageTimestamp", "\"yesterday\"", "items[1].stageTimestamp: expected a time of RFC 3339")]
    [InlineData("requestReceivedTimestamp", "null", "items[1].requestReceivedTimestamp: expected a time of RFC 3339")]
    [InlineData("sourceIPs", "\"127.0.0.1\"", "items[1].sourceIPs: expected a list of strings")]
    [InlineData("annotations", "{\"authorization.k8s.io/decision\":1}", "items[1].annotations.authorization.k8s.io/decision: expected a string")]
    public async Task Event_WithAFieldThatIsWrong_IsRefusedByName_AndTheOthersAreStored(string field, string value, string message)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var client = store.ApiServer("prod");
        var wrong = AuditSample.Of(AuditSample.Call("wrong")).With(field, JsonNode.Parse(value));

        using var response = await client.PostAsync("/audit/webhook", AuditSample.Json(AuditSample.List(AuditSample.Of(AuditSample.Call("a")), wrong, AuditSample.Of(AuditSample.Call("b")))), Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var told = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["message"]!;
        told.ShouldContain(message);
        told.ShouldEndWith("(the other 2 events are stored)");
        (await AuditJoinTests.WaitingAsync(store)).ShouldBe(2);
        store.Logs.Lines.ShouldContain(l => l.Id.Id == 1361 && l.Text.Contains("the apiserver of cluster prod", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gzip_IsTaken_AndWhatIsTooLongOrBrokenIsNot()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Audit:MaxBodyBytes=4096");
        using var client = store.ApiServer("prod");
        async Task<(HttpStatusCode, string)> PostAsync(byte[] body, string encoding)
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json"), ContentEncoding = { encoding } } };
            using var response = await client.PostAsync("/audit/webhook", content, Cancel);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
        }

        var list = AuditSample.List(AuditSample.Of(AuditSample.Call()));
        (await PostAsync(Otlp.Gzip(Encoding.UTF8.GetBytes(list)), "gzip")).Item1.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(Otlp.Gzip(Encoding.UTF8.GetBytes(list.PadRight(5000))), "gzip")).ShouldSatisfyAllConditions(a => a.Item1.ShouldBe(HttpStatusCode.RequestEntityTooLarge), a => a.Item2.ShouldContain("longer than 4096 bytes decoded (Audit:MaxBodyBytes; --audit-webhook-batch-max-size"));
        (await PostAsync(Encoding.UTF8.GetBytes(list), "gzip")).ShouldSatisfyAllConditions(a => a.Item1.ShouldBe(HttpStatusCode.BadRequest), a => a.Item2.ShouldContain("body: broken gzip"));
        (await PostAsync(Encoding.UTF8.GetBytes(list), "br")).Item1.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await AuditJoinTests.WaitingAsync(store)).ShouldBe(1);
    }

    [Fact]
    public async Task Token_OfOneCluster_SpeaksForThatOneOnly_AndForNothingElse()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Audit:WaitSeconds=1");
        var call = AuditSample.Call();
        await store.DeliverAsync([call], Cancel);
        using var other = store.ApiServer("staging");
        using var response = await other.PostAsync("/audit/webhook", AuditSample.Json(AuditSample.List(AuditSample.Of(call))), Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await store.ResolveAsync(Cancel);

        (await store.SearchAsync("cluster:prod has:audit", Cancel)).ShouldBeEmpty();
        (await store.SearchAsync("cluster:staging is:bypass", Cancel)).ShouldHaveSingleItem();
        (await other.GetAsync("/api/v1/calls", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.PostAsync("/v1/logs", Otlp.Content([call]), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await store.Service.PostAsync("/audit/webhook", AuditSample.Json("{}"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        Directory.Delete(store.Folder["audit-tokens"], recursive: true);
        using var ended = await other.PostAsync("/audit/webhook", AuditSample.Json("{}"), Cancel);
        ended.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ended.Content.ReadAsStringAsync(Cancel)).ShouldContain("store audit-token");
    }

    [Fact]
    public async Task Database_Away_IsToBeTriedLater_AndNothingIsLost()
    {
        await using var own = new PostgresServer();
        await using var store = await TestStore.StartAsync(own, Cancel, "--Audit:WaitSeconds=1");
        using var client = store.ApiServer("prod");
        var list = AuditSample.List(AuditSample.Of(AuditSample.Call()));

        await own.StopAsync(Cancel);
        using (var refused = await client.PostAsync("/audit/webhook", AuditSample.Json(list), Cancel))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull();
            (await refused.Content.ReadAsStringAsync(Cancel)).ShouldContain("\"reason\":\"ServiceUnavailable\"");
        }

        await own.StartAsync(Cancel);
        await Eventually.Async(async () => (await client.PostAsync("/audit/webhook", AuditSample.Json(list), Cancel)).IsSuccessStatusCode, Cancel);
        (await AuditJoinTests.WaitingAsync(store)).ShouldBe(1);
        store.Logs.Lines.ShouldContain(l => l.Id.Id == 1360);
    }

    [Fact]
    public async Task Posts_BeyondWhatMayWait_AreToBeTriedLater()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Ingest:MaxConcurrent=1", "--Ingest:MaxWaiting=0");
        using var client = store.ApiServer("prod");
        await using (await store.LockAsync("audit_pending", "exclusive", Cancel))
        {
            var first = client.PostAsync("/audit/webhook", AuditSample.Json(AuditSample.List(AuditSample.Of(AuditSample.Call()))), Cancel);
            await Eventually.Async(async () => await store.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'insert into audit_pending%'", Cancel) == 1, Cancel);
            using var second = await client.PostAsync("/audit/webhook", AuditSample.Json(AuditSample.List()), Cancel);
            second.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            second.Headers.RetryAfter.ShouldNotBeNull();
        }
    }
}
