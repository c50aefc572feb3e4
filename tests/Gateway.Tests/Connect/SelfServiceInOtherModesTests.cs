using KubeLens.Gateway.Tests.Identity.Modes;
using KubeLens.Gateway.Tests.Proxy;

namespace KubeLens.Gateway.Tests.Connect;

public sealed class SelfServiceInOtherModesTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    [Fact]
    public async Task Post_InCredentialMode_Is403()
    {
        using var client = gateway.Client();
        using var response = await client.PostAsync("/kubelens/v1/kubeconfig", null, TestContext.Current.CancellationToken);

        (await response.ShouldBeStatusAsync(403, "Forbidden")).ShouldContain("Cluster:Identity=impersonate");
    }
}
