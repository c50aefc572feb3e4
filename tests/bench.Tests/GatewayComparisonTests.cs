using KubeLens.Testing;

namespace KubeLens.Bench.Tests;

public sealed class GatewayComparisonTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Smoke_WithNginx_MeasuresEveryLoad()
    {
        Assert.SkipUnless(
            File.Exists("/usr/sbin/nginx") && File.Exists("/usr/lib/nginx/modules/ngx_http_lua_module.so"),
            "nginx with its Lua module not found: apt-get install nginx libnginx-mod-http-lua");

        var result = await RunAsync("gateway", "--smoke", "--peers", "nginx,direct");

        result.ExitCode.ShouldBe(0, result.Error);
        var rows = result.Output.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains(" nginx ", StringComparison.Ordinal)).ToList();
        rows.Count.ShouldBe(2);
        rows.ShouldAllBe(row => row.Split('|')[3].Trim().Length > 0, "requests per CPU-second");
    }

    [Fact]
    public async Task Run_WithAnUnknownOption_NamesIt()
    {
        var result = await RunAsync("gateway", "--rouns", "5");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldStartWith("--rouns: there is no such benchmark or option.");
    }

    private static Task<ProcessResult> RunAsync(params string[] arguments)
        => TestProcess.RunAsync(new TestCommand("dotnet", [Path.Combine(AppContext.BaseDirectory, "KubeLens.bench.dll"), .. arguments]), Token, TimeSpan.FromMinutes(2));
}
