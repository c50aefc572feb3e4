using KubeLens.AppHost.Linux;

namespace KubeLens.AppHost.Tests.Linux;

public sealed class DotnetRunWatchTests
{
    [Theory]
    [InlineData(true, "/usr/bin/dotnet", "run", "--project", "AppHost")]
    [InlineData(true, "dotnet", "-d", "run")]
    [InlineData(false, "dotnet", "KubeLens.AppHost.dll")]
    [InlineData(false, "bash", "run")]
    [InlineData(false)]
    public void IsDotnetRun_CommandLine_IsTold(bool expected, params string[] commandLine) => DotnetRunWatch.IsDotnetRun(commandLine).ShouldBe(expected);
}
