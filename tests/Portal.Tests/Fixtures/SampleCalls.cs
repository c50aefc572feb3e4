using System.Globalization;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>Calls as a busy cluster makes them, newest first. The same every time, but for the clock they are counted back from.</summary>
internal static class SampleCalls
{
    private const string Pod = """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web-7d4b9c6f5-x2kqp","namespace":"prod","uid":"0d4f6f0e-8f1b-4f0a-9b1c-2f6d2f1f7a11","resourceVersion":"184467","labels":{"app":"web","tier":"front"},"annotations":{"checksum/config":"<redacted:sha-9f2c41d07be3>"}},"spec":{"containers":[{"name":"web","image":"registry.local/web:1.42.0","ports":[{"containerPort":8080,"protocol":"TCP"}],"env":[{"name":"DATABASE_PASSWORD","value":"<redacted:sha-51b08e77aa10>"}],"resources":{"limits":{"cpu":"500m","memory":"256Mi"}}}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,"hostNetwork":false,"nodeName":null},"status":{"phase":"Running","podIP":"10.42.1.17"}}""";

    private static readonly (string Verb, string Method, string Group, string Resource, string Sub, string Ns, string Name, string User, int? Status, double Ms)[] Shapes =
    [
        ("list", "GET", "", "pods", "", "prod", "", "alice", 200, 12.4),
        ("get", "GET", "apps", "deployments", "", "prod", "web", "alice", 200, 4.1),
        ("patch", "PATCH", "apps", "deployments", "", "prod", "web", "alice", 200, 18.9),
        ("create", "POST", "", "pods", "", "prod", "web-7d4b9c6f5-x2kqp", "system:serviceaccount:kube-system:replicaset-controller", 201, 9.7),
        ("delete", "DELETE", "", "pods", "", "prod", "web-7d4b9c6f5-old7z", "bob", 200, 22.3),
        ("create", "POST", "", "pods", "exec", "prod", "web-7d4b9c6f5-x2kqp", "bob", 101, 184_220),
        ("get", "GET", "", "secrets", "", "prod", "database", "mallory", 403, 1.2),
        ("watch", "GET", "", "pods", "", "", "", "system:kube-scheduler", 200, 301_500),
        ("update", "PUT", "coordination.k8s.io", "leases", "", "kube-system", "kube-controller-manager", "system:kube-controller-manager", 409, 3.3),
        ("get", "GET", "", "nodes", "proxy", "", "node-1", "prometheus", 503, 30_004),
        ("get", "GET", "", "", "", "", "", "system:anonymous", 200, 0.4),
        ("list", "GET", "metrics.k8s.io", "pods", "", "prod", "", "system:serviceaccount:kube-system:horizontal-pod-autoscaler", null, 15_000),
        ("get", "GET", "", "configmaps", "", "staging", "app-settings", "carol", 404, 2.6),
    ];

    private static readonly OptionsItem NoOptions = new() { FieldManager = "", DryRun = false, PatchType = "", ResourceVersion = "", ResourceVersionMatch = "", Limit = null, Continued = false, Propagation = "" };

    public static List<CallDetails> Make(int count, DateTimeOffset now, TimeSpan? step = null)
        => [.. Enumerable.Range(0, count).Select(i => One(i, now - (step ?? TimeSpan.FromMilliseconds(2_337)) * (i + 1)))];

    public static CallDetails One(int index, DateTimeOffset time)
    {
        var (verb, method, group, resource, sub, ns, name, user, status, ms) = Shapes[index % Shapes.Length];
        var path = resource.Length == 0 ? "/healthz?verbose=true"
            : (group.Length == 0 ? "/api/v1" : $"/apis/{group}/v1") + (ns.Length > 0 ? $"/namespaces/{ns}" : "") + $"/{resource}" + (name.Length > 0 && verb != "create" ? $"/{name}" : "") + (sub.Length > 0 ? $"/{sub}" : "")
            + verb switch { "list" => "?limit=500", "watch" => "?allowWatchBookmarks=true&watch=true", _ => "" };
        var hasBody = verb is "create" or "update" or "patch" && sub.Length == 0;
        return new CallDetails
        {
            Id = CallId.Of(time, 42, index).ToString(),
            Time = time,
            StartedAt = time - TimeSpan.FromMilliseconds(ms),
            Cluster = "kind-dev",
            User = user,
            Groups = ["system:authenticated", "developers"],
            Caller = "laptop-of-alice",
            Verb = verb,
            Method = method,
            ApiGroup = group,
            ApiVersion = resource.Length == 0 ? "" : "v1",
            Resource = resource,
            Subresource = sub,
            Namespace = ns,
            Name = name,
            AuditId = string.Create(CultureInfo.InvariantCulture, $"0193a5c4-7f1e-7b3a-9c{index % 256:x2}-{index:x12}"),
            Path = path,
            Status = status,
            Reason = status switch { 403 => "Forbidden", 404 => "NotFound", 409 => "Conflict", 503 => "ServiceUnavailable", _ => "" },
            LatencyMs = ms,
            RequestBytes = hasBody ? 1_204 : 0,
            ResponseBytes = 4_812 + index,
            UserAgent = "kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9",
            SourceIp = "127.0.0.1",
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
            SpanId = "00f067aa0ba902b7",
            Outcome = status is null ? "upstreamUnreachable" : "completed",
            UserSource = "certificate",
            ImpersonatedUser = "",
            Pod = "",
            Node = "",
            ClientAuditId = "",
            LabelSelector = verb == "list" ? "app=web" : "",
            FieldSelector = "",
            Message = status == 409 ? "Operation cannot be fulfilled on leases.coordination.k8s.io: the object has been modified" : "",
            Object = new()
            {
                Uid = hasBody ? "0d4f6f0e-8f1b-4f0a-9b1c-2f6d2f1f7a11" : "",
                ResourceVersion = resource.Length > 0 ? "184467" : "",
                ResourceVersionBefore = verb == "update" ? "184466" : "",
                Generation = verb == "patch" ? 7 : null,
                OwnerKind = name.Contains("x2kqp", StringComparison.Ordinal) ? "ReplicaSet" : "",
                OwnerName = name.Contains("x2kqp", StringComparison.Ordinal) ? "web-7d4b9c6f5" : "",
            },
            Options = verb switch
            {
                "list" => NoOptions with { Limit = 500, Continued = true },
                "patch" => NoOptions with { FieldManager = "kubectl", PatchType = "apply", DryRun = true },
                _ => null,
            },
            Listing = verb == "list" ? new("page", 500, 1_212, true) : null,
            Advice = new(verb == "patch" ? ["apps/v1beta1 Deployment is deprecated in v1.9+, unavailable in v1.16+"] : [], "5b0c0a06-4f0d-4c3a-8f2e-0d8f6a6b2c1d", ""),
            Program = new() { Name = "kubectl", Version = "v1.34.1", Platform = "linux/amd64", Component = "", Command = verb == "patch" ? "kubectl apply" : "", Session = verb == "patch" ? "5e884898-da28-4715-9d0e-56f8dc629277" : "" },
            Gateway = "dev-box",
            Connection = new(
                new()
                {
                    Protocol = "2",
                    TlsVersion = "1.3",
                    Cipher = "TLS_AES_128_GCM_SHA256",
                    Alpn = "h2",
                    ServerName = "",
                    Address = "127.0.0.1",
                    Port = 50_000 + index,
                    CertificateSubject = "CN=laptop-of-alice, O=developers",
                    CertificateIssuer = "CN=KubeLens clients",
                    CertificateSha256 = "5E884898DA28047151D0E56F8DC6292773603D0D6AABBDD62A11EF721D1542D8",
                    Trust = "verified",
                    Request = index + 1,
                },
                status is null ? null : new()
                {
                    Protocol = sub == "exec" ? "1.1" : "2",
                    TlsVersion = "1.3",
                    Cipher = "TLS_AES_256_GCM_SHA384",
                    Alpn = sub == "exec" ? "" : "h2",
                    ServerName = "kubernetes.example",
                    Address = "10.0.0.7",
                    Port = 6443,
                    CertificateSubject = "CN=kube-apiserver",
                    CertificateIssuer = "CN=kubernetes",
                    CertificateSha256 = "03AC674216F3E15C761EE1A5E255F067953623C8B388B4459E13F978D7C846F4",
                    Trust = sub == "exec" ? "unverified" : "verified",
                    Request = sub == "exec" ? 1 : index + 7,
                }),
            Timings = status is null ? new(null, null, null, null) : sub == "exec" ? new(0.6, 2.4, 9.8, ms - 3.8) : new(null, null, ms * 0.7, ms * 0.9),
            RequestHeaders = [new("accept", ["application/json"]), new("authorization", ["Bearer <redacted>"]), new("content-type", ["application/json"]), new("user-agent", ["kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9"])],
            ResponseHeaders = [new("audit-id", ["0193a5c4-7f1e-7b3a"]), new("cache-control", ["no-cache, private"]), new("content-type", ["application/json"]), new("x-kubernetes-pf-flowschema-uid", ["5b0c0a06-4f0d-4c3a-8f2e-0d8f6a6b2c1d"])],
            RequestBody = hasBody ? new("application/json", 1_204, 1_204, "whole", 2, Pod) : null,
            ResponseBody = sub.Length > 0 ? new("", 0, 0, "notCaptured", 0, "") : new("application/json", 4_812, 4_812, "whole", 2, Pod),
        };
    }
}
