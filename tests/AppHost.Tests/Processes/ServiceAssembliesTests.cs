using KubeLens.AppHost.Processes;

namespace KubeLens.AppHost.Tests.Processes;

public sealed class ServiceAssembliesTests
{
    [Theory]
    [InlineData("Gateway")]
    [InlineData("Store")]
    [InlineData("Portal")]
    public void Find_Service_IsBuiltWithUs(string project) => ServiceAssemblies.Find(project).ShouldEndWith($"/KubeLens.{project}.dll");

    [Fact]
    public void Find_Unknown_SaysHowToBuild() => Should.Throw<AppHostException>(() => ServiceAssemblies.Find("Nobody")).Message.ShouldContain("dotnet build AppHost");

    [Fact]
    public void Dotnet_Here_Exists() => File.Exists(ServiceAssemblies.Dotnet()).ShouldBeTrue();
}
