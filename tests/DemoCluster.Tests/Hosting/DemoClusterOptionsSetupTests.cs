using System.Runtime.Versioning;
using KubeLens.DemoCluster.Hosting;
using KubeLens.Testing;
using Microsoft.Extensions.Configuration;

namespace KubeLens.DemoCluster.Tests.Hosting;

public sealed class DemoClusterOptionsSetupTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    public void Validate_PortOutOfRange_NamesTheKeyAndTheFix(int port)
    {
        var failures = Validate(new DemoClusterOptions { Port = port, Home = _folder["home"] });

        failures.ShouldHaveSingleItem().ShouldBe($"DemoCluster:Port is {port}: give a port from 1 to 65535, or 0 for a free one.");
    }

    [Fact]
    public void Validate_HomeBelowAFile_NamesTheKeyAndTheFix()
    {
        File.WriteAllText(_folder["file"], "");

        var failure = Validate(new DemoClusterOptions { Port = 0, Home = _folder["file/home"] }).ShouldHaveSingleItem();

        failure.ShouldStartWith("DemoCluster:Home is ");
        failure.ShouldContain("Name a folder");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Validate_GoodHome_IsMadeForItsOwnerAlone()
    {
        Validate(new DemoClusterOptions { Port = 0, Home = _folder["new/home"] }).ShouldBeEmpty();

        File.GetUnixFileMode(_folder["new/home"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.GetFiles(_folder["new/home"]).ShouldBeEmpty();
    }

    [Fact]
    public void PostConfigure_NoHome_IsBelowKubeLensHome()
    {
        var options = new DemoClusterOptions();

        Setup(("KUBELENS_HOME", _folder.Path)).PostConfigure(null, options);

        options.Home.ShouldBe(_folder["demo"]);
    }

    private static IReadOnlyList<string> Validate(DemoClusterOptions options) => [.. Setup().Validate(null, options).Failures ?? []];

    private static DemoClusterOptionsSetup Setup(params (string Key, string Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build());
}
