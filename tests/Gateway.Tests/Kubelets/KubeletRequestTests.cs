using KubeLens.Gateway.Kubelets;

namespace KubeLens.Gateway.Tests.Kubelets;

public sealed class KubeletRequestTests
{
    [Theory]
    [InlineData("GET", "/metrics", "get", "metrics", "")]
    [InlineData("GET", "/metrics/cadvisor?x=1", "get", "metrics", "")]
    [InlineData("GET", "/stats/summary", "get", "stats", "")]
    [InlineData("GET", "/pods", "get", "pods", "proxy")]
    [InlineData("GET", "/runningpods/", "get", "pods", "proxy")]
    [InlineData("GET", "/healthz", "get", "healthz", "proxy")]
    [InlineData("GET", "/logs/syslog", "get", "log", "")]
    [InlineData("POST", "/run/ns/pod/ctr?cmd=id", "create", "proxy", "")]
    [InlineData("GET", "/exec/ns/pod/ctr", "get", "proxy", "")]
    [InlineData("GET", "/", "get", "proxy", "")]
    [InlineData("PROPFIND", "/metrics", "", "metrics", "")]
    public void Parse_Target_IsWhatTheKubeletAsksItsAuthorizer(string method, string target, string verb, string subresource, string fallback)
    {
        var info = KubeletRequest.Parse("worker-1", method, target);

        (info.Verb, info.Resource, info.Name, info.Subresource, info.Namespace).ShouldBe((verb, "nodes", "worker-1", subresource, ""));
        (info.Kubelet!.Subresource, info.Kubelet.Fallback).ShouldBe((subresource, fallback));
    }

    /// <summary>Whatever a router makes of these, it must not be allowed by the weaker right of how they begin.</summary>
    [Theory]
    [InlineData("/metrics/../exec/ns/pod/ctr")]
    [InlineData("/metrics/%2e%2e/exec/ns/pod/ctr")]
    [InlineData("/metrics/..%2Fexec/ns/pod/ctr")]
    [InlineData("/metrics/./x")]
    [InlineData("/metrics//x")]
    [InlineData("//metrics")]
    [InlineData("/pods/..")]
    [InlineData("*")]
    [InlineData("")]
    public void Parse_PathThatCouldBeAnother_NeedsTheStrongestRight(string target)
    {
        var kubelet = KubeletRequest.Parse("worker-1", "GET", target).Kubelet!;

        (kubelet.Subresource, kubelet.Fallback).ShouldBe(("proxy", ""));
    }

    [Theory]
    [InlineData("/exec/ns/pod/ctr", true)]
    [InlineData("/containerLogs/ns/pod/ctr?follow=true", true)]
    [InlineData("/logs/syslog", true)]
    [InlineData("/metrics", false)]
    public void Parse_Streams_AreLongRunning(string target, bool expected) => KubeletRequest.Parse("n", "GET", target).IsLongRunning.ShouldBe(expected);
}
