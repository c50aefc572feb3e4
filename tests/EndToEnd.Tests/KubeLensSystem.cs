using System.Text.RegularExpressions;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>A whole KubeLens as its user runs it: the AppHost process with a state folder and free ports of its own.</summary>
internal sealed partial class KubeLensSystem : IAsyncDisposable
{
    private static readonly Dictionary<string, string?> QuickUpdates = new() { ["Capture__OpenUpdate"] = "00:00:02" };

    private string? _handedOut;

    private KubeLensSystem(TestProcess process, TempFolder home, int gatewayPort, int storePort, int portalPort) =>
        (Process, Home, GatewayPort, StorePort, PortalPort) = (process, home, gatewayPort, storePort, portalPort);

    public TestProcess Process { get; }

    public TempFolder Home { get; }

    public int GatewayPort { get; }

    public int StorePort { get; }

    public int PortalPort { get; }

    public string Kubeconfig => Path.Combine(Home.Path, "kubeconfig");

    /// <summary>Of an administrator of the demo cluster, past the gateway.</summary>
    public string DemoKubeconfig => Path.Combine(Home.Path, "demo", "admin.kubeconfig");

    public StoreApi Api => new(StorePort, Path.Combine(Home.Path, "api-token"));

    /// <summary>Starts AppHost before a cluster and waits until it prints the login link.</summary>
    public static Task<KubeLensSystem> StartAsync(string kubeconfig, CancellationToken cancellationToken) =>
        StartAsync(["--kubeconfig", kubeconfig], TempFolder.ForOtherUser("home"), cancellationToken);

    /// <summary>With more options and variables.</summary>
    public static Task<KubeLensSystem> StartAsync(string kubeconfig, IReadOnlyList<string> options, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken) =>
        StartAsync(["--kubeconfig", kubeconfig, .. options], TempFolder.ForOtherUser("home"), cancellationToken, environment);

    /// <summary>With the demo cluster, for tests to which it does not matter that there is no real one. Gateways tell of their running calls, and are given up, five times as fast.</summary>
    public static Task<KubeLensSystem> StartDemoAsync(CancellationToken cancellationToken) =>
        StartAsync(["--demo"], TempFolder.ForOtherUser("home"), cancellationToken, QuickUpdates);

    /// <summary>With more options and variables.</summary>
    public static Task<KubeLensSystem> StartDemoAsync(IReadOnlyList<string> options, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken) =>
        StartAsync(["--demo", .. options], TempFolder.ForOtherUser("home"), cancellationToken, environment);

    /// <summary>Ends AppHost and starts it again with the same state.</summary>
    public async Task<KubeLensSystem> RestartDemoAsync(CancellationToken cancellationToken)
    {
        Process.Signal(Signals.Terminate);
        await Process.WaitForExitAsync(cancellationToken, TimeSpan.FromSeconds(30));
        await Process.DisposeAsync();
        return await StartAsync(["--demo"], Home, cancellationToken, QuickUpdates);
    }

    private static async Task<KubeLensSystem> StartAsync(IReadOnlyList<string> what, TempFolder home, CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var ports = Ports.Free(4);
        var (gateway, store, portal, demo) = (ports[0], ports[1], ports[2], ports[3]);
        var process = TestProcess.Start(Command(home.Path, [.. what, "--gateway-port", $"{gateway}", "--store-port", $"{store}", "--portal-port", $"{portal}", "--demo-port", $"{demo}"], environment));
        var system = new KubeLensSystem(process, home, gateway, store, portal);
        try
        {
            await process.WaitForLineAsync(line => LoginLink().IsMatch(line), cancellationToken, TimeSpan.FromMinutes(2));
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public static TestCommand Command(string home, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null) => new("dotnet", [ServicePath("AppHost"), .. arguments])
    {
        Environment = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>()) { ["KUBELENS_HOME"] = home, ["KUBECONFIG"] = null, ["NO_COLOR"] = "1" },
    };

    /// <summary>A one-time login link that was not handed out here before; after the use of one AppHost prints the next.</summary>
    public async Task<string> FreshLoginLinkAsync(CancellationToken cancellationToken)
    {
        string? link = null;
        await Eventually.Async(
            () => (link = Process.Lines.Select(line => LoginLink().Match(line)).LastOrDefault(match => match.Success)?.Value) is not null && link != _handedOut,
            cancellationToken,
            what: "a fresh login link");
        return _handedOut = link!;
    }

    /// <summary>The process id of a service of this system, found by its command line and parent.</summary>
    public int ServicePid(string service) => TryServicePid(service) ?? throw new InvalidOperationException($"{service} is not running");

    /// <summary>Null between the end of a service and its restart.</summary>
    public int? TryServicePid(string service)
    {
        var pids = Children(Process.Id).Where(pid => CommandLine(pid).Contains($"KubeLens.{service}.dll", StringComparison.Ordinal)).ToList();
        return pids.Count == 1 ? pids[0] : null;
    }

    public static IEnumerable<int> Children(int parent) => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var pid) ? pid : 0)
        .Where(pid => pid > 0 && ParentOf(pid) == parent);

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            Process.Signal(Signals.Terminate);
            await Process.WaitForExitAsync(CancellationToken.None, TimeSpan.FromSeconds(30));
        }

        await Process.DisposeAsync();
        Home.Dispose();
    }

    internal static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return ""; // it ended meanwhile
        }
    }

    private static int ParentOf(int pid)
    {
        try
        {
            // pid (comm) state ppid …; comm may hold spaces and parentheses
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it ended meanwhile
        }
    }

    internal static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KubeLens.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No KubeLens.sln above {AppContext.BaseDirectory}");
    }

    /// <summary>The program of a project.</summary>
    internal static string ServicePath(string project)
    {
        // …/tests/EndToEnd.Tests/bin/<configuration>/net10.0/
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(RepositoryRoot(), project, "bin", output.Parent!.Name, output.Name, $"KubeLens.{project}.dll");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/login\?code=\S+")]
    private static partial Regex LoginLink();
}
