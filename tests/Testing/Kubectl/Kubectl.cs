namespace KubeLens.Testing;

/// <summary>
/// kubectl as one user of one cluster, untouched by the configuration, proxies and caches of whoever runs the tests.
/// </summary>
/// <param name="program">The kubectl to run.</param>
/// <param name="kubeconfig">Whose cluster and user.</param>
/// <param name="home">A folder of the test's own: kubectl keeps its discovery cache there.</param>
public sealed class Kubectl(string program, string kubeconfig, string home)
{
    private static readonly string[] Removed =
        ["KUBECONFIG", "KUBECACHEDIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy"];

    public string Kubeconfig => kubeconfig;

    /// <summary>Variables besides those that every kubectl gets, such as <c>KUBE_EDITOR</c>.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Runs it to its end.</summary>
    public Task<ProcessResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, string input = "", TimeSpan? deadline = null)
        => TestProcess.RunAsync(Command(arguments), cancellationToken, deadline, input);

    /// <summary>Runs it in the background: <c>get -w</c>, <c>logs -f</c>, <c>port-forward</c>.</summary>
    public TestProcess Start(params IReadOnlyList<string> arguments) => TestProcess.Start(Command(arguments));

    /// <summary>
    /// Runs it on a terminal of its own, as <c>exec -it</c> wants one: <see cref="TestProcess.Input"/> is the keyboard,
    /// both outputs come as one, and the exit code is kubectl's.
    /// </summary>
    public TestProcess StartOnTerminal(params IReadOnlyList<string> arguments)
    {
        var command = Command(arguments);
        var line = string.Join(' ', command.Arguments.Prepend(command.FileName).Select(Quote));
        return TestProcess.Start(command with { FileName = "script", Arguments = ["--quiet", "--return", "--flush", "--command", line, "/dev/null"] });
    }

    private TestCommand Command(IReadOnlyList<string> arguments)
        => new(program, ["--kubeconfig", kubeconfig, .. arguments])
        {
            Environment = new Dictionary<string, string?>(Removed.Except(Environment.Keys).ToDictionary(name => name, _ => (string?)null).Concat(Environment))
            {
                ["HOME"] = home,
                ["SHELL"] = "/bin/sh",
                ["TERM"] = "xterm",
            },
        };

    private static string Quote(string argument) => $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
