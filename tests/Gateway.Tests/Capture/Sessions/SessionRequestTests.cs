using KubeLens.Gateway.Capture.Sessions;
using KubeLens.Gateway.Kubelets;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Tests.Capture.Sessions;

public class SessionRequestTests
{
    [Fact]
    public void Exec_OfAPod_IsReadFromItsQuery()
    {
        const string Target = "/api/v1/namespaces/n/pods/p/exec?command=sh&command=-c&command=echo+a%26b&container=c&stdin=true&stdout=true&tty=true&stderr=false";
        var read = Read(RequestInfoParser.Parse("GET", Target), Target);

        (read.Kind, read.Container, read.IsTty).ShouldBe(("exec", "c", true));
        read.Command.ShouldBe(["sh", "-c", "echo a&b"]);
        read.Streams.ShouldBe(["stdin", "stdout"]);
    }

    [Fact]
    public void Command_WithASecret_IsRedactedAsTheTargetIs()
    {
        const string Target = "/api/v1/namespaces/n/pods/p/exec?command=mysql&command=--password&command=CANARY&command=--token%3DCANARY";

        Read(RequestInfoParser.Parse("POST", Target), Target).Command.ShouldBe(["mysql", "--password", "<redacted>", "<redacted>"]);
    }

    [Theory]
    [InlineData("/exec/ns/pod/main?command=ls&input=1&output=1&tty=1", "exec", "main", "stdin,stdout")]
    [InlineData("/attach/ns/pod/0d3c/main?output=1&error=1", "attach", "main", "stdout,stderr")]
    [InlineData("/portForward/ns/pod?port=80", "portforward", "", "")]
    public void Kubelet_IsReadFromItsPath(string target, string kind, string container, string streams)
    {
        foreach (var info in new[] { KubeletRequest.Parse("node", "POST", target), RequestInfoParser.Parse("POST", $"/api/v1/nodes/node/proxy{target}") })
        {
            var read = Read(info, target);
            (read.Kind, read.Container, string.Join(',', read.Streams)).ShouldBe((kind, container, streams));
        }
    }

    [Theory]
    [InlineData("/api/v1/namespaces/n/pods/p/log")]
    [InlineData("/api/v1/namespaces/n/pods/exec")]
    [InlineData("/apis/x.io/v1/namespaces/n/things/p/exec")]
    [InlineData("/api/v1/nodes/node/proxy/containerLogs/a/b/c")]
    public void OtherCall_IsNoSession(string target) => SessionRequest.KindOf(RequestInfoParser.Parse("GET", target)).ShouldBeNull();

    private static Contracts.Calls.CallSession Read(RequestInfo info, string target) =>
        SessionRequest.Read(SessionRequest.KindOf(info).ShouldNotBeNull(), info, TargetRedactor.Redact(target).Query);
}
