using System.Globalization;
using System.Text.RegularExpressions;
using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Objects;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.DemoCluster.Audit;

/// <summary>What the audit says of one request, stage by stage.</summary>
internal sealed partial class AuditTrail(HttpContext context, ApiRequest request, DateTimeOffset received)
{

    public AuditEvent Event(string stage, DateTimeOffset now, AuditStatus? status) => new()
    {
        AuditID = request.AuditId,
        Stage = stage,
        RequestUri = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        Verb = request.Info.Verb,
        User = AuditUser.Of(request.Impersonator ?? request.User),
        ImpersonatedUser = request.Impersonator is null ? null : AuditUser.Of(request.User),
        SourceIPs = context.Connection.RemoteIpAddress is { } address ? [address.ToString()] : null,
        UserAgent = context.Request.Headers.UserAgent is { Count: > 0 } agent ? agent.ToString() : null,
        ObjectRef = AuditObjectReference.Of(request.Info),
        ResponseStatus = status,
        RequestReceivedTimestamp = ObjectMetadata.MicroTime(received),
        StageTimestamp = ObjectMetadata.MicroTime(now),
        Annotations = Annotations(),
    };

    private Dictionary<string, string>? Annotations()
    {
        // Known only once authorization has decided.
        if (context.Features.Get<AccessFeature>() is not { Decision: var decision })
        {
            return null;
        }

        var annotations = new Dictionary<string, string>
        {
            ["authorization.k8s.io/decision"] = decision.Allowed ? "allow" : "forbid",
            ["authorization.k8s.io/reason"] = decision.Reason,
        };
        if (request.Kind is { Deprecation: { Length: > 0 } deprecation })
        {
            annotations["k8s.io/deprecated"] = "true";
            if (RemovedRelease().Match(deprecation) is { Success: true } removed)
            {
                annotations["k8s.io/removed-release"] = removed.Groups[1].Value;
            }
        }

        return annotations;
    }

    // "batch/v1beta1 CronJob is deprecated in v1.21+, unavailable in v1.25+; use batch/v1 CronJob"
    [GeneratedRegex(@"unavailable in v(\d+\.\d+)")]
    private static partial Regex RemovedRelease();
}
