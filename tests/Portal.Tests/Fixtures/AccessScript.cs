using KubeLens.Contracts.Search;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>The review of one user; of others nothing is known.</summary>
internal static class AccessScript
{
    public const string Robot = "system:serviceaccount:shop:robot";

    public static AccessReviewResult Review(IQueryCollection parameters, DateTimeOffset now)
    {
        var (to, subject) = (DateOnly.FromDateTime(now.UtcDateTime), parameters["subject"].ToString());
        var known = subject == Robot;
        var from = to.AddDays(parameters["from"] == "now-90d" ? -90 : -30);
        AccessUse[] uses = known
            ?
            [
                Use(now, "list", "nodes", "", [""]),
                Use(now, "get", "configmaps", "shop", ["settings"]),
                Use(now, "get", "pods", "shop", ["web-0", "web-1", "web-2", "web-3", "web-4"]),
                Use(now, "get", "pods", "shop", ["web-0"]) with { Subresource = "log" },
                Use(now, "patch", "deployments", "shop", ["web"]) with { ApiGroup = "apps" },
                Use(now, "create", "deployments", "shop", [""]) with { ApiGroup = "apps", Query = "" },
                Use(now, "delete", "secrets", "shop", ["root"]) with { Calls = 0, Denied = 4, IsGranted = parameters["denied"] == "true" },
                Use(now, "get", "", "", ["/healthz"]),
            ]
            : [];
        return new AccessReviewResult(
            subject, from, to, to.DayNumber - from.DayNumber + 1, known ? 6 : 0, known ? 1 : 0, from.AddDays(20), ["east", "west"], uses, known ? ["create is there also for what an update or patch made: the apiserver asks for both."] : [],
            known ? $"---\nkind: Role # {parameters["level"]} {parameters["scope"]} {parameters["cluster"]}{parameters["wildcards"]}\n" : "");
    }

    private static AccessUse Use(DateTimeOffset now, string verb, string resource, string space, string[] names) => new()
    {
        ApiGroup = "",
        Verb = verb,
        Resource = resource,
        Subresource = "",
        Namespace = space,
        Names = names,
        Calls = 1_200,
        Days = 6,
        LastAt = now.AddHours(-3),
        IsGranted = true,
        Query = "user:alice",
    };
}
