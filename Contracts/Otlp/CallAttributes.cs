namespace KubeLens.Contracts.Otlp;

/// <summary>
/// Attribute names of the <c>kubelens.call</c> log record. Stable OpenTelemetry names where they exist,
/// <c>k8s.api.*</c> for what only a Kubernetes API call has, <c>kubelens.*</c> for delivery.
/// Their one definition is <c>docs/call-record.md</c>; a test holds the two together.
/// </summary>
public static class CallAttributes
{
    /// <summary>The event name of the log record that carries one call.</summary>
    public const string EventName = "kubelens.call";

    public const string BatchId = "kubelens.batch.id";
    public const string BatchOrdinal = "kubelens.batch.ordinal";
    public const string BatchSize = "kubelens.batch.size";
    public const string BatchDay = "kubelens.batch.day";
    public const string Gateway = "kubelens.gateway";
    public const string Boot = "kubelens.boot";
    public const string Sequence = "kubelens.sequence";

    public const string Duration = "kubelens.call.duration";
    public const string Outcome = "kubelens.call.outcome";

    public const string Cluster = "k8s.cluster.name";
    public const string User = "user.name";
    public const string Groups = "k8s.api.user.groups";
    public const string UserSource = "k8s.api.user.source";
    public const string ImpersonatedUser = "k8s.api.impersonate.user";
    public const string Caller = "k8s.api.caller";
    public const string Pod = "k8s.pod.name";
    public const string Node = "k8s.node.name";
    public const string Retention = "kubelens.retention";

    public const string Verb = "k8s.api.verb";
    public const string ApiPrefix = "k8s.api.prefix";
    public const string ApiGroup = "k8s.api.group";
    public const string ApiVersion = "k8s.api.version";
    public const string Resource = "k8s.api.resource";
    public const string Subresource = "k8s.api.subresource";
    public const string Namespace = "k8s.namespace.name";
    public const string Name = "k8s.api.name";
    public const string LabelSelector = "k8s.api.label_selector";
    public const string FieldSelector = "k8s.api.field_selector";
    public const string AuditId = "k8s.api.audit_id";
    public const string ClientAuditId = "k8s.api.client_audit_id";
    public const string Reason = "k8s.api.reason";

    public const string Method = "http.request.method";
    public const string Path = "url.path";
    public const string Query = "url.query";
    public const string Status = "http.response.status_code";
    public const string RequestBytes = "http.request.body.size";
    public const string ResponseBytes = "http.response.body.size";
    public const string UserAgent = "user_agent.original";
    public const string SourceIp = "client.address";

    public const string ClientProtocol = "network.protocol.version";
    public const string ClientTlsVersion = "tls.protocol.version";
    public const string ClientCipher = "tls.cipher";
    public const string ClientAlpn = "tls.next_protocol";
    public const string ClientServerName = "tls.client.server_name";
    public const string ClientAddress = "network.peer.address";
    public const string ClientPort = "network.peer.port";
    public const string ClientCertificateSubject = "tls.client.subject";
    public const string ClientCertificateIssuer = "tls.client.issuer";
    public const string ClientCertificateSha256 = "tls.client.hash.sha256";
    public const string ClientTrust = "kubelens.client.trust";
    public const string ClientRequest = "kubelens.client.request";

    // A record has each name once: what OpenTelemetry calls both sides alike has a prefix for this one.
    public const string UpstreamProtocol = "kubelens.upstream.network.protocol.version";
    public const string UpstreamTlsVersion = "kubelens.upstream.tls.protocol.version";
    public const string UpstreamCipher = "kubelens.upstream.tls.cipher";
    public const string UpstreamAlpn = "kubelens.upstream.tls.next_protocol";
    public const string UpstreamServerName = "kubelens.upstream.tls.client.server_name";
    public const string UpstreamAddress = "kubelens.upstream.network.peer.address";
    public const string UpstreamPort = "kubelens.upstream.network.peer.port";
    public const string UpstreamCertificateSubject = "tls.server.subject";
    public const string UpstreamCertificateIssuer = "tls.server.issuer";
    public const string UpstreamCertificateSha256 = "tls.server.hash.sha256";
    public const string UpstreamTrust = "kubelens.upstream.trust";
    public const string UpstreamRequest = "kubelens.upstream.request";

    public const string Announced = "kubelens.call.announced";

    public const string ConnectDuration = "kubelens.upstream.connect.duration";
    public const string TlsDuration = "kubelens.upstream.tls.duration";
    public const string FirstByteDuration = "kubelens.upstream.first_byte.duration";
    public const string UpstreamDuration = "kubelens.upstream.duration";

    /// <summary>Prefix of one attribute a header: an array of its values.</summary>
    public const string RequestHeader = "http.request.header.";

    /// <inheritdoc cref="RequestHeader"/>
    public const string ResponseHeader = "http.response.header.";

    public const string RequestBody = "k8s.api.request.body";
    public const string RequestBodyNote = "k8s.api.request.body.note";
    public const string RequestBodyRedacted = "k8s.api.request.body.redacted";
    public const string ResponseBody = "k8s.api.response.body";
    public const string ResponseBodyNote = "k8s.api.response.body.note";
    public const string ResponseBodyRedacted = "k8s.api.response.body.redacted";
}
