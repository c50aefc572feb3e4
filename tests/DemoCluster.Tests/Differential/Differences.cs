namespace KubeLens.DemoCluster.Tests.Differential;

/// <summary>Everything in which the demo cluster is meant to differ. One that no longer does has to go from here.</summary>
internal static class Differences
{
    private const string Served = "it serves no autoscalers";
    private const string Quiet = "no controllers run in it without its life, so that nobody writes this status";
    private const string Mounts = "nothing runs in its pods, so that none gets a token mounted";
    private const string Ranges = "whether nodes get a range of pod addresses is the real cluster's choice";
    private const string DualStack = "services have their address families and policies since 1.21 or 1.23";
    private const string Labelled = "namespaces have their name as a label since 1.21";
    private const string CronJobs = "batch/v1 has cron jobs since 1.21";
    private const string WhoAmI = "authentication.k8s.io/v1 has SelfSubjectReview since 1.28";
    private const string Says = "it says which operation does not apply, and why; the real one keeps that to itself";
    private const string OpenApiV3 = "kubectl explains from OpenAPI v3, which servers have since 1.24, and else in an older form";

    public static readonly IReadOnlyList<Difference> All =
    [
        new("autoscale deployment web --max=3", Served),
        new("describe deployment app", Quiet),
        new("get pod single -o json", Mounts),
        new("patch configmap settings --type=json -p [{\"op\":\"remove\",\"path\":\"/data/none\"}]", Says) { OldestKubectl = 27 },
        new("describe node {node}", Ranges) { MayAgree = true },

        new("create service clusterip web --tcp=80:8080 -o json", DualStack) { NewestServer = 20 },
        new("get service web -o json", DualStack) { NewestServer = 20 },
        new("describe service web", DualStack) { NewestServer = 20 },
        new("get namespace {ns} -o json", Labelled) { NewestServer = 20 },
        new("create cronjob nightly --image=registry.example/job:1 --schedule=@yearly", CronJobs) { NewestServer = 20 },
        new("get cronjobs", CronJobs) { NewestServer = 20, OldestKubectl = 21 },
        new("delete cronjob nightly", CronJobs) { NewestServer = 20 },
        new("auth whoami", WhoAmI) { NewestServer = 27 },
        new("explain deployment", OpenApiV3) { NewestServer = 23, OldestKubectl = 27 },
        new("explain deployment.spec.replicas", OpenApiV3) { NewestServer = 23, OldestKubectl = 27 },
        new("explain pod.spec.containers", OpenApiV3) { NewestServer = 23, OldestKubectl = 27 },
    ];
}
