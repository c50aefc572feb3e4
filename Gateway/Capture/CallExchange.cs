using System.Net.Http.Headers;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture.Open;
using KubeLens.Gateway.Capture.Policy;
using KubeLens.Gateway.Capture.Sessions;
using KubeLens.Gateway.Capture.Sessions.Recording;
using KubeLens.Gateway.Capture.Watches;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact.Rules;
using KubeLens.Gateway.Telemetry;
using KubeLens.Gateway.Upstream;
using KubeLens.Gateway.Upstream.Connections;

namespace KubeLens.Gateway.Capture;

/// <summary>One call on its way through the gateway: what is known of it so far. Belongs to the request's own flow.</summary>
internal sealed class CallExchange(HttpContext context, ServedCluster cluster, RequestInfo info, string method, string rawTarget, BodyCapture requestBody, BodyCapture responseBody, CallRecorder recorder)
{
    private int _completed;
    private CallOptions? _options;

    public HttpContext Context { get; } = context;

    public ServedCluster Cluster { get; } = cluster;

    public RequestInfo Info { get; } = info;

    /// <summary>The method as an API server sees it: an extended CONNECT counts as the GET it stands for.</summary>
    public string Method { get; } = method;

    /// <summary>The request target as the cluster gets it, escapes kept.</summary>
    public string RawTarget { get; } = rawTarget;

    /// <summary>What its target asked for.</summary>
    public CallOptions Options => _options ??= RequestOptionsReader.Read(Info, Method, RawTarget, Context.Request.ContentType ?? "");

    public BodyCapture RequestBody { get; } = requestBody;

    public BodyCapture ResponseBody { get; } = responseBody;

    /// <summary>Null where nobody listens.</summary>
    public CallSpan? Span { get; init; }

    /// <summary>The connection that it came over.</summary>
    public required ClientConnection Client { get; init; }

    /// <summary>Time-ordered, so that it carries its own hint for a search by id.</summary>
    public required Guid AuditId { get; init; }

    /// <summary>Monotonic, of the gateway's clock.</summary>
    public required long StartTimestamp { get; init; }

    /// <summary>Counts the calls of this start of the gateway.</summary>
    public required long Sequence { get; init; }

    public required CancellationToken GatewayStopping { get; init; }

    /// <summary>What the client sent as <c>Audit-ID</c>; never forwarded.</summary>
    public string ClientAuditId { get; set; } = "";

    /// <summary>Headers of the client that must not go upstream.</summary>
    public IReadOnlyList<string> StripHeaders { get; set; } = [];

    public bool IsUpgrade { get; set; }

    /// <summary>Whom the apiserver sees; null until the call was forwarded.</summary>
    public UpstreamIdentity? User { get; set; }

    /// <summary>The rules of its cluster; null where everything is kept.</summary>
    public CapturePolicy? Policy { get; init; }

    /// <summary>The rule that says what is kept of it; null before it was forwarded, and where none matches.</summary>
    public PolicyRule? Rule { get; private set; }

    /// <summary>Whether its rule has left it out of the record.</summary>
    public bool IsLeftOut { get; set; }

    /// <summary>What passes through its upgraded connection; null before there is one, and where it is no exec, attach or port-forward.</summary>
    public Session? Session { get; private set; }

    /// <summary>What the operator's rules, as they are at its end, add to its redaction; null where none matches.</summary>
    public CallRules? Redaction { get; set; }

    /// <summary>The events of its answer; null where it is no watch that was answered.</summary>
    public Watch? Watch { get; private set; }

    /// <summary>How it used the upstream; null until the call was forwarded.</summary>
    public UpstreamUse? Upstream { get; set; }

    /// <summary>Set when no response began, or another status than the one in the response tells the truth (499).</summary>
    public int? StatusOverride { get; set; }

    /// <summary>Whether the response is the gateway's own: why it refused, or could not forward.</summary>
    public bool AnsweredHere { get; set; }

    /// <summary>Whether bytes may be missing at the end of its bodies because one side broke off.</summary>
    public bool EndedEarly { get; private set; }

    /// <summary>What the Store is told of it while it runs; null where it is told nothing.</summary>
    public OpenCall? Open { get; set; }

    /// <summary>What kind of long call it is; null where it is none, and before it has gone on.</summary>
    public LongRunningKind? LongRunning { get; set; }

    /// <summary>It has gone on, or its answer has begun: time to tell of it, where it may take long.</summary>
    public void Begun(bool answered)
    {
        if (Info.IsLongRunning || IsUpgrade)
        {
            recorder.RecordOpen(this, answered);
        }
    }

    /// <summary>About to go on in this user's name: all that a rule asks for is known, and no byte of a body has passed yet.</summary>
    public void GoOnAs(UpstreamIdentity user)
    {
        User = user;
        if (Policy is null || (Rule = Policy.Find(new PolicyCall(Cluster.Name, Info, user.User, user.Groups, Context.Request.Headers.UserAgent.ToString()))) is not { Level: var level })
        {
            return;
        }

        if (level < CaptureLevel.Request)
        {
            RequestBody.TurnOff();
        }

        if (level < CaptureLevel.RequestResponse)
        {
            ResponseBody.TurnOff();
        }
    }

    /// <summary>The upstream has switched protocols. What passes now is no body: it is read as a session, or only counted.</summary>
    public void Upgraded(SessionOpener sessions, HttpResponseHeaders answer)
    {
        RequestBody.TurnOff();
        ResponseBody.TurnOff();
        Session = sessions.Open(SessionRequest.KindOf(Info), answer, Rule?.Recording ?? RecordingMode.None, Cluster.RecordingBytes);
    }

    /// <summary>A watch is answered: its events are counted however much of the answer is kept, and single ones told where a body may be.</summary>
    public void Watched(WatchOpener watches, HttpContentHeaders answer, WatchEventCount? counted) =>
        Watch = watches.Open(answer, StartTimestamp, keepsEvents: Rule?.Level is null or CaptureLevel.RequestResponse, counted);

    /// <summary>Records the call; only the first of several calls does.</summary>
    public void Complete(CallOutcome outcome)
    {
        if (Interlocked.Exchange(ref _completed, 1) == 0)
        {
            EndedEarly = outcome is CallOutcome.ClientLeft or CallOutcome.UpstreamFailed;
            recorder.Record(this, outcome);
        }
    }

    /// <summary>Sends the response's headers without waiting for its first body byte.</summary>
    public Task FlushHeadersAsync(CancellationToken cancellationToken) => Context.Response.Body.FlushAsync(cancellationToken);
}
