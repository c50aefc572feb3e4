using KubeLens.Gateway.Tests.Connect.Commands;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Redact.Rules;

public sealed class RuleStartTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_ARuleThatCannotBeUsed_EndsWith78AndItsKey()
    {
        var kubeconfig = _folder.Write("config", KubeconfigText.One());
        _folder.Write("gateway.json", $$"""{"Cluster":{"Kubeconfig":"{{kubeconfig}}"},"Redact":{"Rules":[{"JsonPaths":["$.spec[0:2]"]}]} }""");

        var result = await GatewayCommand.RunProgramAsync(_folder.Path);

        result.ExitCode.ShouldBe(78, result.Output);
        (result.Output + result.Error).ShouldContain("Redact:Rules:0:JsonPaths:0 is \"$.spec[0:2]\", column 9: slices are not supported");
    }
}
