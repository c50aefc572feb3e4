using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KubeLens.AppHost.Options;
using KubeLens.AppHost.Tests.Support;

namespace KubeLens.AppHost.Tests.Options;

public sealed class PortCheckTests
{
    private readonly List<string> _problems = [];

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("http")]
    [InlineData("99999999999")]
    public void Check_NoPort_NamesOptionAndRange(string port)
    {
        PortCheck.Check(new AppHostArguments { StorePort = port }, _problems);

        _problems.ShouldBe([$"--store-port {port}: a port is a number from 1 to 65535."]);
    }

    [Fact]
    public void Check_SamePortTwice_NamesBoth()
    {
        PortCheck.Check(new AppHostArguments { GatewayPort = "7000", StorePort = "7001", PortalPort = "7000" }, _problems);

        _problems.ShouldBe(["--gateway-port and --portal-port are 7000. Each needs a port of its own."]);
    }

    [Fact]
    public void Check_ProxyPort_IsOneOfThemWhereItIsGiven()
    {
        PortCheck.Check(new AppHostArguments(), _problems).Proxy.ShouldBe(0);
        PortCheck.Check(new AppHostArguments { ProxyPort = "8888" }, _problems).Proxy.ShouldBe(8888);
        _problems.ShouldBeEmpty();

        PortCheck.Check(new AppHostArguments { ProxyPort = "6444" }, _problems);
        PortCheck.Check(new AppHostArguments { ProxyPort = "0" }, _problems);

        _problems.ShouldBe(["--gateway-port and --proxy-port are 6444. Each needs a port of its own.", "--proxy-port 0: a port is a number from 1 to 65535."]);
    }

    [Fact]
    public void Check_DashboardPorts_AreOnesOfThemWhereItIsAskedFor()
    {
        PortCheck.Check(new AppHostArguments { DashboardPort = "no", OtlpPort = "6444" }, _problems).ShouldBe(new Ports(6444, 6445, 6446, 6447));
        PortCheck.Check(new AppHostArguments { Dashboard = true }, _problems).ShouldBe(new Ports(6444, 6445, 6446, 6447) { Dashboard = 18888, Otlp = 4317 });
        _problems.ShouldBeEmpty();

        PortCheck.Check(new AppHostArguments { Dashboard = true, DashboardPort = "no", OtlpPort = "6444" }, _problems);

        _problems.ShouldBe(["--dashboard-port no: a port is a number from 1 to 65535.", "--gateway-port and --otlp-port are 6444. Each needs a port of its own."]);
    }

    [Fact]
    public void CheckFree_PortTaken_NamesOptionPortAndOwner()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var taken = ((IPEndPoint)listener.LocalEndpoint).Port;
        var free = Testing.Ports.Free(2);

        PortCheck.CheckFree(new Ports(free[0], taken, free[1], 0), false, _problems);

        var problem = _problems.ShouldHaveSingleItem();
        problem.ShouldStartWith(string.Create(CultureInfo.InvariantCulture, $"--store-port {taken}: 127.0.0.1:{taken} is taken by process {Environment.ProcessId} ("));
        problem.ShouldContain("choose another port with --store-port");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CheckFree_DemoPortTaken_MattersToADemoOnly(bool demo)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var free = Testing.Ports.Free(3);

        PortCheck.CheckFree(new Ports(free[0], free[1], free[2], ((IPEndPoint)listener.LocalEndpoint).Port), demo, _problems);

        _problems.Count(problem => problem.StartsWith("--demo-port", StringComparison.Ordinal)).ShouldBe(demo ? 1 : 0);
    }

    [Fact]
    public void CheckFree_AllFree_SaysNothing()
    {
        var free = Testing.Ports.Free(4);

        PortCheck.CheckFree(new Ports(free[0], free[1], free[2], free[3]), true, _problems);

        _problems.ShouldBeEmpty();
    }
}
