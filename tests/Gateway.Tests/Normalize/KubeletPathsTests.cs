using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Tests.Normalize;

public class KubeletPathsTests
{
    [Theory]
    [InlineData("/stats/summary", "stats", "")]
    [InlineData("/metrics", "metrics", "")]
    [InlineData("/metrics/cadvisor", "metrics", "")]
    [InlineData("/logs/messages", "log", "")]
    [InlineData("/spec/", "spec", "")]
    [InlineData("/checkpoint/ns/pod/ctr", "checkpoint", "")]
    [InlineData("/pods", "pods", "proxy")]
    [InlineData("/runningpods/", "pods", "proxy")]
    [InlineData("/healthz/syncloop", "healthz", "proxy")]
    [InlineData("/log", "healthz", "proxy")]
    [InlineData("/ping", "healthz", "proxy")]
    [InlineData("/syncloop", "healthz", "proxy")]
    [InlineData("/configz", "configz", "proxy")]
    [InlineData("/flagz", "configz", "proxy")]
    [InlineData("/statusz", "statusz", "")]
    [InlineData("/exec/ns/pod/ctr", "proxy", "")]
    [InlineData("/attach/ns/pod/uid/ctr", "proxy", "")]
    [InlineData("/portForward/ns/pod", "proxy", "")]
    [InlineData("/run/ns/pod/ctr", "proxy", "")]
    [InlineData("/containerLogs/ns/pod/ctr", "proxy", "")]
    [InlineData("/debug/pprof/heap", "proxy", "")]
    [InlineData("/podsecurity", "proxy", "")]
    [InlineData("/metricsx", "proxy", "")]
    [InlineData("/", "proxy", "")]
    [InlineData("", "proxy", "")]
    public void Resolve_Path_HasItsSubresource(string path, string subresource, string fallback) =>
        KubeletPaths.Resolve("GET", path).ShouldBe(new KubeletAttributes("get", path, subresource, fallback));

    [Theory]
    [InlineData("GET", "get")]
    [InlineData("HEAD", "get")]
    [InlineData("POST", "create")]
    [InlineData("PUT", "update")]
    [InlineData("PATCH", "patch")]
    [InlineData("DELETE", "delete")]
    [InlineData("OPTIONS", "")]
    public void Resolve_Method_HasItsVerb(string method, string verb) =>
        KubeletPaths.Resolve(method, "/run/a/b/c").Verb.ShouldBe(verb);
}
