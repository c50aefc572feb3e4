using KubeLens.Gateway.Tests.Connect.Commands;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Capture.Policy;

public sealed class PolicyStartTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_APolicyThatCannotBeUsed_EndsWith78AndItsKey()
    {
        var kubeconfig = _folder.Write("config", KubeconfigText.One());
        _folder.Write("gateway.json", $$"""{"Cluster":{"Kubeconfig":"{{kubeconfig}}"},"Capture":{"Policy":[{"Level":"metadata","Verb":["get"]}]} }""");

        var result = await GatewayCommand.RunProgramAsync(_folder.Path);

        result.ExitCode.ShouldBe(78, result.Output);
        (result.Output + result.Error).ShouldContain("Capture:Policy:0:Verb is no part of a rule");
    }
}
