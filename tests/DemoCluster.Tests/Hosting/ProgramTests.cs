using KubeLens.Testing;
using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Tests.Hosting;

public sealed class ProgramTests
{
    [Fact]
    public void Endpoint_WrongInSeveralWays_IsToldAtOnceBeforeAnythingListens()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["file"], "");

        var failure = Should.Throw<OptionsValidationException>(() => DemoClusterProgram.Build(["--DemoCluster:Port=99999", $"--DemoCluster:Home={folder["file/home"]}"]));

        failure.Failures.Select(problem => problem.Split(' ')[0]).ShouldBe(["DemoCluster:Port", "DemoCluster:Home"]);
    }
}
