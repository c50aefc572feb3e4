namespace KubeLens.DemoCluster.Tests.Api;

/// <summary>Bodies and paths that many tests send.</summary>
internal static class Samples
{
    public const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    public const string Pods = "/api/v1/namespaces/default/pods";
    public const string Deployments = "/apis/apps/v1/namespaces/default/deployments";

    public static string Named(string name, string more = "") => $$$$"""{"metadata":{"name":"{{{{name}}}}"}{{{{more}}}}}""";

    public static string Labeled(string name, string label, string value) => $$$$"""{"metadata":{"name":"{{{{name}}}}","labels":{"{{{{label}}}}":"{{{{value}}}}"}}}""";

    public static string Pod(string name, string node = "") =>
        $$$$"""{"metadata":{"name":"{{{{name}}}}"},"spec":{"nodeName":"{{{{node}}}}","containers":[{"name":"c","image":"registry/app:1"}]}}""";

    public static string Deployment(string name, string app = "web") =>
        Named(name, $$$$""","spec":{"selector":{"matchLabels":{"app":"{{{{app}}}}"} },"template":{"metadata":{"labels":{"app":"{{{{app}}}}"} },"spec":{"containers":[{"name":"c","image":"registry/app:1"}]} } }""");

    public static string Owned(string name, string uid, string kind = "ConfigMap", bool blocks = false) =>
        $$$$"""{"metadata":{"name":"{{{{name}}}}","ownerReferences":[{"apiVersion":"v1","kind":"{{{{kind}}}}","name":"owner","uid":"{{{{uid}}}}","blockOwnerDeletion":{{{{(blocks ? "true" : "false")}}}}}]}}""";
}
