using System.Net;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Capture.Policy;

/// <summary>What is recorded of calls that pass a gateway with a policy.</summary>
[Collection(RequestlessCounts.Collection)]
public sealed class PolicyForwardingTests : IAsyncLifetime
{
    private const string Pod = """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"sent"}}""";

    private readonly PolicyGateway _gateway = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _gateway.InitializeAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task None_ACallThatMatches_PassesUnchangedAndIsCountedOnly()
    {
        using var jane = _gateway.As("jane");

        (await jane.GetStringAsync("/apis/coordination.k8s.io/v1/namespaces/x/leases/out", Cancel)).ShouldContain("answered");
        using var put = await jane.PutAsync("/apis/coordination.k8s.io/v1/namespaces/x/leases/out", Body(), Cancel);

        put.StatusCode.ShouldBe(HttpStatusCode.OK);
        await PassedAsync(jane);
        _gateway.Sink.Matching(call => call.Resource == "leases").ShouldBeEmpty();
        _gateway.Skipped("Capture:Policy:0 none").ShouldBe(2);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task None_TheApiServerRefuses_IsRecordedWithoutBodies(HttpStatusCode status)
    {
        _gateway.Answer = context =>
        {
            context.Response.StatusCode = (int)status;
            return context.Response.WriteAsync("""{"kind":"Status","reason":"Forbidden"}""");
        };
        using var jane = _gateway.As("jane");
        using var put = await jane.PutAsync("/apis/coordination.k8s.io/v1/namespaces/x/leases/refused", Body(), Cancel);

        var call = await _gateway.Sink.SingleAsync(call => call.Name == "refused", Cancel);
        (call.Status, call.User, call.RequestBody.Note, call.ResponseBody.Note).ShouldBe(((int)status, "jane", CallBodyNote.NotCaptured, CallBodyNote.NotCaptured));
        _gateway.Skipped("Capture:Policy:0 none").ShouldBe(0);
    }

    [Fact]
    public async Task None_WhatTheGatewayAnswersItself_IsRecorded()
    {
        await UseAsync("""{"Level":"none"}""");
        using var nobody = _gateway.As("nobody-knows-this-token");
        using var response = await nobody.GetAsync("/apis/coordination.k8s.io/v1/namespaces/x/leases/nobody", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _gateway.Sink.SingleAsync(call => call.Name == "nobody", Cancel)).Outcome.ShouldBe(CallOutcome.Refused);
    }

    [Fact]
    public async Task None_TheClientLeavesBeforeTheAnswer_IsRecorded()
    {
        var asked = new TaskCompletionSource();
        _gateway.Answer = context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        using var jane = _gateway.As("jane");
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var call = jane.GetAsync("/apis/coordination.k8s.io/v1/namespaces/x/leases/left", leave.Token);
        await asked.Task.WaitAsync(Cancel);
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);

        (await _gateway.Sink.SingleAsync(one => one.Name == "left", Cancel)).Status.ShouldBe(499);
    }

    [Fact]
    public async Task None_InAnothersName_IsRecorded()
    {
        using var jane = _gateway.As("jane");
        jane.DefaultRequestHeaders.Add("Impersonate-User", "rob");
        (await jane.GetAsync("/apis/coordination.k8s.io/v1/namespaces/x/leases/as-rob", Cancel)).Dispose();

        var call = await _gateway.Sink.SingleAsync(call => call.Name == "as-rob", Cancel);
        (call.User, call.Caller).ShouldBe(("rob", "jane"));
    }

    [Fact]
    public async Task None_AShell_IsRecorded()
    {
        await UseAsync("""{"Level":"none"}""");
        using var jane = _gateway.As("jane");
        (await jane.PostAsync("/api/v1/namespaces/x/pods/shell/exec?command=sh", null, Cancel)).Dispose();

        (await _gateway.Sink.SingleAsync(call => call.Name == "shell", Cancel)).Subresource.ShouldBe("exec");
    }

    [Theory]
    [InlineData("metadata", "", "")]
    [InlineData("request", "sent", "")]
    [InlineData("request-response", "sent", "answered")]
    public async Task Level_OfARule_SaysWhichBodiesAreKept(string level, string request, string response)
    {
        await UseAsync($$"""{"Level":"{{level}}","Verbs":["update"]},{"Level":"none","Verbs":["get"]}""");
        using var jane = _gateway.As("jane");
        using var answer = await jane.PutAsync("/api/v1/namespaces/x/pods/levelled", Body(), Cancel);

        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("answered");
        var call = await _gateway.Sink.SingleAsync(call => call.Name == "levelled", Cancel);
        Check(call.RequestBody, request);
        Check(call.ResponseBody, response);
        (call.RequestBytes, call.ResponseBytes).ShouldBe((Pod.Length, 45L));
        call.RequestHeaders.ShouldNotBeEmpty();

        static void Check(CallBody body, string text)
        {
            Encoding.UTF8.GetString(body.Content.Span).ShouldContain(text);
            body.Note.ShouldBe(text.Length > 0 ? CallBodyNote.Whole : CallBodyNote.NotCaptured);
            body.Content.IsEmpty.ShouldBe(text.Length == 0);
        }
    }

    [Fact]
    public async Task Users_ARule_IsForThatUserAlone()
    {
        await UseAsync("""{"Level":"metadata","Users":["ro*"],"Verbs":["update"]},{"Level":"none","Verbs":["get"]}""");
        foreach (var user in new[] { "rob", "jane" })
        {
            using var client = _gateway.As(user);
            (await client.PutAsync($"/api/v1/namespaces/x/pods/of-{user}", Body(), Cancel)).Dispose();
        }

        (await _gateway.Sink.SingleAsync(call => call.Name == "of-rob", Cancel)).RequestBody.Note.ShouldBe(CallBodyNote.NotCaptured);
        (await _gateway.Sink.SingleAsync(call => call.Name == "of-jane", Cancel)).RequestBody.Note.ShouldBe(CallBodyNote.Whole);
    }

    [Fact]
    public async Task Level_RequestResponseOfASecret_IsRedactedAsEver()
    {
        await UseAsync("""{"Level":"request-response","Resources":["secrets"]},{"Level":"none","Verbs":["get"]}""");
        _gateway.Answer = context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"kind":"Secret","apiVersion":"v1","metadata":{"name":"s"},"data":{"key":"Y2FuYXJ5LTE="}}""");
        };
        using var jane = _gateway.As("jane");
        await jane.GetStringAsync("/api/v1/namespaces/x/secrets/s", Cancel);

        var kept = Encoding.UTF8.GetString((await _gateway.Sink.SingleAsync(call => call.Name == "s", Cancel)).ResponseBody.Content.Span);
        kept.ShouldContain("key");
        kept.ShouldNotContain("Y2FuYXJ5LTE=");
    }

    [Fact]
    public async Task Sample_OneInThree_KeepsThatManyOfTheReadsAndAllElse()
    {
        await UseAsync("""{"Level":"metadata","Sample":3,"Namespaces":["x"]},{"Level":"none","Verbs":["get"]}""");
        using var jane = _gateway.As("jane");
        for (var i = 0; i < 9; i++)
        {
            await jane.GetStringAsync("/api/v1/namespaces/x/pods/sampled", Cancel);
            await jane.GetStringAsync("/api/v1/namespaces/x/secrets/secret", Cancel);
            (await jane.PutAsync("/api/v1/namespaces/x/pods/written", Body(), Cancel)).Dispose();
        }

        var answer = _gateway.Answer;
        _gateway.Answer = context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        };
        for (var i = 0; i < 4; i++)
        {
            (await jane.GetAsync("/api/v1/namespaces/x/pods/missing", Cancel)).Dispose();
        }

        _gateway.Answer = answer;
        await PassedAsync(jane);
        (Count("sampled"), Count("secret"), Count("written"), Count("missing")).ShouldBe((3, 9, 9, 4));
        _gateway.Skipped("Capture:Policy:0 sample").ShouldBe(6);
    }

    [Fact]
    public async Task Settings_ThatCannotBeUsed_LeaveTheFormerPolicyInForce()
    {
        _gateway.WritePolicy("""{"Level":"everything"}""");
        await Task.Delay(TimeSpan.FromSeconds(3), Cancel); // three looks
        using var jane = _gateway.As("jane");
        await jane.GetStringAsync("/apis/coordination.k8s.io/v1/namespaces/x/leases/still", Cancel);

        _gateway.Skipped("Capture:Policy:0 none").ShouldBe(1);
    }

    private int Count(string name) => _gateway.Sink.Matching(call => call.Name == name).Count;

    private static StringContent Body() => new(Pod, Encoding.UTF8, "application/json");

    // A later call of the same client that is recorded: what was to come before it has come, batches being in order.
    private async Task PassedAsync(HttpClient client)
    {
        var name = $"last-{Guid.NewGuid():N}";
        (await client.PostAsync($"/api/v1/namespaces/{name}/pods", Body(), Cancel)).Dispose();
        await _gateway.Sink.SingleAsync(call => call.Namespace == name, Cancel);
    }

    /// <summary>Replaces the policy of the running gateway, whose first one records gets of configmaps, and waits until a get is left out.</summary>
    private async Task UseAsync(string rules)
    {
        _gateway.WritePolicy(rules);
        using var client = _gateway.As("jane");
        var rule = $"Capture:Policy:{rules.Split("\"Level\"").Length - 2} none";
        await Eventually.Async(
            async () =>
            {
                await client.GetStringAsync("/api/v1/namespaces/probe/configmaps/probe", Cancel);
                return _gateway.Skipped(rule) > 0;
            },
            Cancel,
            what: "the new policy, without a restart");
    }
}
