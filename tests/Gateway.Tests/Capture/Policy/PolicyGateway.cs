using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using KubeLens.Gateway.Tests.Identity.Modes;
using KubeLens.Gateway.Tests.Proxy;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Capture.Policy;

/// <summary>A gateway whose settings file has a capture policy. Its callers are jane and rob, who come with tokens and are impersonated.</summary>
public sealed class PolicyGateway : InProcessGateway
{
    public const string Cluster = "policied";

    private readonly ScriptedApiServer _server = new();
    private readonly ConcurrentDictionary<string, long> _skipped = new();
    private readonly MeterListener _listener = new();

    public PolicyGateway()
    {
        Settings["Cluster__Name"] = Cluster;
        Settings["Cluster__Identity"] = "impersonate";
        Settings["Identity__NestedImpersonation"] = "check";
        _server.May = _ => true;
        _server.Users["jane"] = """{"username":"jane","groups":["dev"]}""";
        _server.Users["rob"] = """{"username":"rob","groups":["robots"]}""";
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "kubelens.capture.policy.skipped")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => // rule, cluster, reason
        {
            if (Cluster.Equals(tags[1].Value))
            {
                _skipped.AddOrUpdate($"{tags[0].Value} {tags[2].Value}", value, (_, sum) => sum + value);
            }
        });
        _listener.Start();
    }

    /// <summary>Calls left out so far, as <c>Capture:Policy:0 none</c>.</summary>
    internal long Skipped(string ruleAndReason) => _skipped.GetValueOrDefault(ruleAndReason);

    /// <summary>Answers what is no review.</summary>
    internal RequestDelegate Answer { get; set; } = context => context.Response.WriteAsync("""{"kind":"Pod","metadata":{"name":"answered"}}""");

    public override async ValueTask InitializeAsync()
    {
        WritePolicy("""{"Level":"none","Resources":["leases"]}""");
        await base.InitializeAsync();
        Upstream.Script = context => context.Request.Path.Value!.EndsWith("reviews", StringComparison.Ordinal) ? _server.AnswerAsync(context) : Answer(context);
    }

    public override ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return base.DisposeAsync();
    }

    internal void WritePolicy(string rules)
    {
        File.WriteAllText(Home["gateway.json.new"], $$"""{"Capture":{"Policy":[{{rules}}]} }""");
        File.Move(Home["gateway.json.new"], Home["gateway.json"], overwrite: true);
    }

    internal HttpClient As(string user)
    {
        var client = Client(withCertificate: false);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", user);
        return client;
    }
}
