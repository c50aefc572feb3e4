using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KubeLens.AppHost.Options;
using KubeLens.AppHost.State;
using KubeLens.AppHost.Tests.Support;

namespace KubeLens.AppHost.Tests.Options;

public sealed class AppHostCommandTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly CapturedOutput _output = new();
    private readonly CapturedOutput _error = new();
    private readonly string[] _ports = [.. Testing.Ports.Free(4).Select(port => port.ToString(CultureInfo.InvariantCulture))];
    private AppHostOptions? _started;

    public void Dispose()
    {
        _home.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Invoke_Help_ListsOptionsAndDefaults()
    {
        (await InvokeAsync(["--help"])).ShouldBe(0);

        foreach (var text in new[] { "--kubeconfig", "--context", "--gateway-port", "6444", "--store-port", "6445", "--portal-port", "6446", "--proxy-port", "--demo", "--demo-port", "6447", "--connection-string", "--otlp-endpoint", "OTEL_EXPORTER_OTLP_ENDPOINT", "--dashboard", "--dashboard-port", "18888", "--jaeger", "--jaeger-port", "16686", "--otlp-port", "4317", "KUBELENS_HOME", "--version" })
        {
            _output.Text.ShouldContain(text);
        }

        _started.ShouldBeNull();
    }

    [Fact]
    public async Task Invoke_Version_PrintsIt()
    {
        (await InvokeAsync(["--version"])).ShouldBe(0);

        _output.Text.Trim().ShouldMatch(@"^\d+\.\d+\.\d+");
        _started.ShouldBeNull();
    }

    [Fact]
    public async Task Invoke_EverythingGiven_StartsWithCheckedOptions()
    {
        var kubeconfig = _home.Write("cluster", "");

        (await InvokeAsync([.. PortArguments(), "--kubeconfig", "cluster", "--context", "dev", "--connection-string", "Host=db", "--otlp-endpoint", "http://127.0.0.1:4317"])).ShouldBe(0);

        _error.Text.ShouldBeEmpty();
        _started.ShouldNotBeNull();
        _started.Kubeconfigs.ShouldBe([kubeconfig]);
        _started.Context.ShouldBe("dev");
        _started.ConnectionString.ShouldBe("Host=db");
        _started.Otlp.ShouldNotBeNull().Address.ShouldBe("http://127.0.0.1:4317");
        _started.Home.ShouldBe(_home.In(".kubelens"));
        _started.Ports.Store.ShouldBe(int.Parse(_ports[1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Invoke_ManyThingsWrong_ReportsAllAtOnceAndStartsNothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var taken = ((IPEndPoint)listener.LocalEndpoint).Port;

        var code = await InvokeAsync(["--kubeconfig", "/nowhere", "--gateway-port", "x", "--store-port", $"{taken}", "--portal-port", _ports[0], "--connection-string", "nonsense", "--otlp-endpoint", "collector", "--typo"]);

        code.ShouldBe(ExitCodes.Usage);
        _error.Text.ShouldContain("--kubeconfig /nowhere: /nowhere does not exist");
        _error.Text.ShouldContain("--gateway-port x: a port is a number");
        _error.Text.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"--store-port {taken}: 127.0.0.1:{taken} is taken by process"));
        _error.Text.ShouldContain("--connection-string cannot be read");
        _error.Text.ShouldContain("--otlp-endpoint \"collector\" is no http or https address");
        _error.Text.ShouldContain("'--typo'");
        _error.Text.ShouldNotContain("   at ");
        _started.ShouldBeNull();
    }

    [Theory]
    [InlineData("--store-port", "1", "--store-port", "2")]
    [InlineData("--store-port")]
    [InlineData("--kubeconfig")]
    public async Task Invoke_OptionTwiceOrWithoutValue_NamesIt(params string[] arguments)
    {
        (await InvokeAsync(arguments.Contains("--store-port") ? [.. PortArguments()[..2], .. PortArguments()[4..], .. arguments] : [.. PortArguments(), .. arguments])).ShouldBe(ExitCodes.Usage);

        _error.Text.ShouldContain($"'{arguments[0]}'");
    }

    [Fact]
    public async Task Invoke_NoKubeconfigAtAll_IsADemoWithStateOfItsOwn()
    {
        (await InvokeAsync(PortArguments())).ShouldBe(0);

        _started.ShouldNotBeNull();
        _started.Demo.ShouldContain("$KUBECONFIG is not set");
        _started.Demo.ShouldContain($"{_home.In(".kube", "config")} does not exist");
        _started.Kubeconfigs.ShouldBeEmpty();
        _started.Home.ShouldBe(_home.In(".kubelens-demo"));
    }

    [Fact]
    public async Task Invoke_DemoForced_LeavesTheKubeconfigAlone()
    {
        (await InvokeAsync([.. PortArguments(), "--demo"], ("KUBECONFIG", _home.Write("cluster", "")), ("KUBELENS_HOME", _home.In("state")))).ShouldBe(0);

        _started.ShouldNotBeNull();
        _started.Demo.ShouldBe("--demo was given");
        _started.Kubeconfigs.ShouldBeEmpty();
        _started.Home.ShouldBe(_home.In("state"));
    }

    [Fact]
    public async Task Invoke_KubeconfigThere_IsNoDemo()
    {
        (await InvokeAsync(PortArguments(), ("KUBECONFIG", _home.Write("cluster", "")))).ShouldBe(0);

        _started.ShouldNotBeNull().Demo.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--context", "dev")]
    [InlineData("--kubeconfig", "cluster")]
    public async Task Invoke_DemoAndAClusterOfOnesOwn_NamesBoth(params string[] cluster)
    {
        _home.Write("cluster", "");

        (await InvokeAsync([.. PortArguments(), "--demo", .. cluster])).ShouldBe(ExitCodes.Usage);

        _error.Text.ShouldContain($"--demo and {cluster[0]} exclude each other");
    }

    [Fact]
    public async Task Invoke_VariableNamesAMissingFile_IsAMistakeAndNoDemo()
    {
        (await InvokeAsync(PortArguments(), ("KUBECONFIG", "/nowhere"))).ShouldBe(ExitCodes.Usage);

        _error.Text.ShouldContain("No kubeconfig of a cluster found.");
        _error.Text.ShouldContain("-- --demo");
    }

    [Fact]
    public async Task Invoke_HomeHeldByAnother_SaysWhoAndKeepsQuietAboutItsPorts()
    {
        _home.Write("cluster", "");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var held = HomeLock.TryTake(_home.Path);

        var code = await InvokeAsync(["--kubeconfig", "cluster", "--gateway-port", $"{((IPEndPoint)listener.LocalEndpoint).Port}"], ("KUBELENS_HOME", _home.Path));

        code.ShouldBe(ExitCodes.Usage);
        _error.Text.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"Another AppHost (process {Environment.ProcessId}) already runs with the state in {_home.Path}"));
        _error.Text.ShouldNotContain("is taken by");
    }

    [Fact]
    public async Task Invoke_HomeIsFile_SaysSo()
    {
        _home.Write("cluster", "");

        (await InvokeAsync([.. PortArguments(), "--kubeconfig", "cluster"], ("KUBELENS_HOME", _home.In("cluster")))).ShouldBe(ExitCodes.Usage);

        _error.Text.ShouldContain($"KUBELENS_HOME: {_home.In("cluster")} is a file");
    }

    [Fact]
    public async Task Invoke_HomeHoldsOtherThings_RefusesToTakeItOver()
    {
        _home.Write("cluster", "");

        (await InvokeAsync([.. PortArguments(), "--kubeconfig", "cluster"], ("KUBELENS_HOME", _home.Path))).ShouldBe(ExitCodes.Usage);

        _error.Text.ShouldContain($"KUBELENS_HOME: {_home.Path} holds other things");
    }

    [Theory]
    [InlineData(true, "/var/lib/kubelens")]
    [InlineData(false, "/home/someone/.kubelens")]
    public void DefaultHome_ByUser_IsWherePostgresCanGo(bool isRoot, string expected) =>
        OptionsCheck.DefaultHome(new Surroundings(new Dictionary<string, string>(), "/home/someone", "/", isRoot)).ShouldBe(expected);

    private string[] PortArguments() => ["--gateway-port", _ports[0], "--store-port", _ports[1], "--portal-port", _ports[2], "--demo-port", _ports[3]];

    private Task<int> InvokeAsync(string[] arguments, params (string, string)[] variables) =>
        AppHostCommand.InvokeAsync(arguments, TestSurroundings.Of(_home, false, variables), _output, _error, options =>
        {
            _started = options;
            return Task.FromResult(0);
        });
}
