using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Identity;

public sealed class CallerCertificatesTests
{
    [Theory]
    [InlineData("O=system:nodes, CN=system:node:worker-1", "worker-1")]
    [InlineData("O=dev, CN=system:node:worker-1", "")]
    [InlineData("O=system:nodes, CN=alice", "")]
    public void Of_KubeletsCertificate_IsOnItsNode(string subject, string node)
    {
        using var certificate = TestAuthority.Create().Client(subject);

        var caller = CallerCertificates.Of(certificate, issued: false, CancellationToken.None);

        (caller.Workload.Pod, caller.Workload.Node).ShouldBe(("", node));
    }
}
