using KubeLens.Contracts.Calls;
using KubeLens.EndToEnd.Tests.Transparency;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Agreement;

/// <summary>The gateway's records and the apiserver's own audit log of the same run, joined by audit-id, say the same of every call.</summary>
public sealed class AuditAgreementTests(TestCluster cluster)
{
    private const int Lanes = 3, CallsOfEach = 124, Seed = 20261124, MostUnanswered = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_OfTwoThousandMixedCalls_AgreeWithTheAuditLog()
    {
        var access = await cluster.RequireNodeAsync(Cancel);
        await using var scene = new Scene(access);
        var audit = new AuditLog(access);
        await scene.PrepareAsync();
        var admin = access.Kubeconfig("admin");
        var authority = scene.Folder("ca.crt");
        await File.WriteAllBytesAsync(authority, Convert.FromBase64String(new ApiAccess(admin).Authority), Cancel);
        await using var credential = await TransparentGateway.StartAsync(admin, "credential", Cancel);
        await using var passthrough = await TransparentGateway.StartAsync(access.Kubeconfig("gateway"), "passthrough", Cancel);
        await using var impersonate = await TransparentGateway.StartAsync(access.Kubeconfig("gateway"), "impersonate", Cancel, ("Identity__ClientCaFile", authority));
        var ns = (await scene.SideAsync("m", admin)).Namespace;
        Caller[] callers =
        [
            new("admin", credential, credential.Issued),
            new("as-alice", credential, credential.Issued, As: "alice"),
            new("caller", passthrough, passthrough.WithUserOf(scene.TokenKubeconfig)),
            new("app", passthrough, passthrough.WithUserOf(access.Kubeconfig("app"))),
            new("cert-admin", impersonate, impersonate.WithUserOf(admin)),
            new("cert-alice", impersonate, impersonate.WithUserOf(access.Kubeconfig("alice"))),
        ];
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");

        var broken = await Task.WhenAll(Enumerable.Range(0, callers.Length * Lanes).Select(i => new MixedTraffic(callers[i / Lanes], scene.Run, ns, Seed + i).RunAsync(CallsOfEach)));

        // An HTTP/2 connection sometimes breaks under a refusal that overtakes its request's body. What was logged of such a call is compared too.
        var unanswered = broken.SelectMany(calls => calls).ToList();
        unanswered.Count.ShouldBeLessThanOrEqualTo(MostUnanswered, string.Join('\n', unanswered));

        var events = await audit.SettledAsync(scene.Run, Cancel);
        var ids = events.Select(e => e.AuditId).ToHashSet();
        ids.Count.ShouldBeGreaterThanOrEqualTo(2_000);
        List<CallRecord> Records() => [.. callers.Select(caller => caller.Gateway).Distinct().SelectMany(gateway => gateway.Sink.Matching(call => ids.Contains($"{call.AuditId}")))];
        await Eventually.Async(() => Records().Count >= ids.Count, Cancel, what: "the records of all calls");
        var byId = Records().ToLookup(call => $"{call.AuditId}");
        events.Where(e => byId[e.AuditId].Count() != 1).Select(e => $"{byId[e.AuditId].Count()} records of {e}").ShouldBeEmpty();
        var found = new HashSet<ExpectedDisagreement>();
        var unexpected = events.SelectMany(e => Disagreements(byId[e.AuditId].Single(), e, found)).ToList();
        unexpected.ShouldBeEmpty(string.Join('\n', unexpected.Take(60)));
        ExpectedDisagreement.All.Except(found).Select(expected => expected.Reason).ShouldBeEmpty();
    }

    private static IEnumerable<string> Disagreements(CallRecord call, AuditEvent log, HashSet<ExpectedDisagreement> found)
    {
        (string Field, string Recorded, string Logged)[] fields =
        [
            ("user", call.ImpersonatedUser.Length > 0 ? call.ImpersonatedUser : call.User, log.User),
            ("groups", call.ImpersonatedUser.Length > 0 ? log.Groups : string.Join(' ', call.Groups.Order(StringComparer.Ordinal)), log.Groups),
            ("verb", call.Verb, log.Verb),
            ("group", call.ApiGroup, log.ApiGroup),
            ("version", call.ApiVersion, log.ApiVersion),
            ("resource", log.IsResource ? call.Resource : call.Path, log.Resource),
            ("subresource", call.Subresource, log.Subresource),
            ("namespace", call.Namespace, log.Namespace),
            ("name", call.Name, log.Name),
            ("code", call.Outcome == CallOutcome.ClientLeft ? $"{log.Code}" : $"{call.Status}", $"{log.Code}"),
        ];
        foreach (var (field, recorded, logged) in fields.Where(field => field.Recorded != field.Logged))
        {
            if (ExpectedDisagreement.All.FirstOrDefault(expected => expected.Field == field && expected.Applies(call, log)) is { } expected)
            {
                found.Add(expected);
            }
            else
            {
                yield return $"{field}: recorded \"{recorded}\", logged \"{logged}\" of {call.Method} {call.Path}?{call.Query} {call.Status} by {log.UserAgent}";
            }
        }
    }
}
