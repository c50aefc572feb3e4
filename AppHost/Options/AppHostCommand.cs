using System.CommandLine;
using System.CommandLine.Help;
using KubeLens.AppHost.Telemetry;

namespace KubeLens.AppHost.Options;

/// <summary>The command line.</summary>
internal static class AppHostCommand
{
    private const string ConnectionStringVariable = "KUBELENS_CONNECTION_STRING";

    private static readonly AppHostArguments Defaults = new();

    private static readonly Option<string?> Kubeconfig = new(OptionNames.Kubeconfig) { Description = "The cluster to record. Else $KUBECONFIG (a list, as for kubectl), else ~/.kube/config.", HelpName = "file" };
    private static readonly Option<string?> Context = new(OptionNames.Context) { Description = "The kubeconfig's context to use, instead of its current one.", HelpName = "name" };
    private static readonly Option<string?> GatewayPort = Port(OptionNames.GatewayPort, "Where kubectl connects to: https, loopback only.", Defaults.GatewayPort);
    private static readonly Option<string?> StorePort = Port(OptionNames.StorePort, "The Store's API: http, loopback only.", Defaults.StorePort);
    private static readonly Option<string?> PortalPort = Port(OptionNames.PortalPort, "The portal: http, loopback only.", Defaults.PortalPort);

    private static readonly Option<string?> ProxyPort = new(OptionNames.ProxyPort) { Description = "The gateway's forward proxy, for https_proxy and a kubeconfig's proxy-url: http, loopback only, 8888 by custom. Off without it.", HelpName = "port" };

    private static readonly Option<bool> Demo = new(OptionNames.Demo) { Description = "Record a small cluster of KubeLens's own, with two hours of history, even when there is a kubeconfig. Its state is apart: $KUBELENS_HOME, else the default folder's name with -demo." };
    private static readonly Option<string?> DemoPort = Port(OptionNames.DemoPort, "The demo cluster's API: https, loopback only.", Defaults.DemoPort);

    private static readonly Option<string?> ConnectionString = new(OptionNames.ConnectionString)
    {
        Description = $"Your own Postgres, such as 'Host=db;Username=kubelens;Password=…;Database=kubelens', instead of an embedded one. A command line is visible to every user of the machine: ${ConnectionStringVariable} is not.",
        HelpName = "string",
    };

    private static readonly Option<string?> OtlpEndpoint = new(OptionNames.OtlpEndpoint)
    {
        Description = $"A collector that takes traces, metrics and logs of all services by OTLP, such as http://127.0.0.1:4317. Else ${OtlpVariables.Endpoint}, else nothing is sent.",
        HelpName = "url",
    };

    private static readonly Option<bool> Dashboard = new(OptionNames.Dashboard) { Description = "Start the Aspire dashboard as well, which shows traces, metrics and logs of all services. It comes from npm (130 MB, once, into the state folder), listens on loopback, and ends with all else." };
    private static readonly Option<string?> DashboardPort = Port(OptionNames.DashboardPort, "The dashboard: http, loopback only.", Defaults.DashboardPort);
    private static readonly Option<bool> Jaeger = new(OptionNames.Jaeger) { Description = "Start the Jaeger 2 that is on PATH as well, which shows traces. Without one the command for a container is printed, and traces are sent there." };
    private static readonly Option<string?> JaegerPort = Port(OptionNames.JaegerPort, "Jaeger's pages: http, loopback only.", Defaults.JaegerPort);
    private static readonly Option<string?> OtlpPort = Port(OptionNames.OtlpPort, "Where the dashboard or Jaeger takes telemetry: OTLP by gRPC, loopback only.", Defaults.OtlpPort);

    /// <summary>Answers <c>--help</c> and <c>--version</c>, reports what is wrong, or hands the checked options to <paramref name="start"/>.</summary>
    public static async Task<int> InvokeAsync(string[] arguments, Surroundings surroundings, TextWriter output, TextWriter error, Func<AppHostOptions, Task<int>> start)
    {
        var command = new RootCommand($"""
            Starts KubeLens: Postgres, the Store, the Gateway and the Portal, as plain processes on this machine's loopback.
            Without a kubeconfig it records a demo cluster.

            State lives in $KUBELENS_HOME, by default {OptionsCheck.DefaultHome(surroundings)}.
            """) { Kubeconfig, Context, Demo, GatewayPort, StorePort, PortalPort, ProxyPort, DemoPort, ConnectionString, OtlpEndpoint, Dashboard, DashboardPort, Jaeger, JaegerPort, OtlpPort };
        command.TreatUnmatchedTokensAsErrors = true;
        var parsed = command.Parse(arguments);
        if (parsed.Action is HelpAction || parsed.Action?.GetType().Name == "VersionOptionAction")
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, CancellationToken.None);
        }

        var problems = parsed.Errors.Select(problem => problem.Message).ToList();
        var options = OptionsCheck.Check(Read(parsed, surroundings), surroundings, problems);
        if (problems.Count == 0)
        {
            return await start(options);
        }

        await error.WriteLineAsync("KubeLens cannot start:" + string.Concat(problems.Select(problem => $"{Environment.NewLine}  - {problem.ReplaceLineEndings(Environment.NewLine + "    ")}")));
        return ExitCodes.Usage;
    }

    private static AppHostArguments Read(ParseResult parsed, Surroundings surroundings) => new()
    {
        Kubeconfig = Value(parsed, Kubeconfig),
        Context = Value(parsed, Context),
        GatewayPort = Value(parsed, GatewayPort) ?? Defaults.GatewayPort,
        StorePort = Value(parsed, StorePort) ?? Defaults.StorePort,
        PortalPort = Value(parsed, PortalPort) ?? Defaults.PortalPort,
        ProxyPort = Value(parsed, ProxyPort),
        Demo = IsGiven(parsed, Demo),
        DemoPort = Value(parsed, DemoPort) ?? Defaults.DemoPort,
        ConnectionString = Value(parsed, ConnectionString) ?? surroundings.Variable(ConnectionStringVariable),
        OtlpEndpoint = Value(parsed, OtlpEndpoint),
        Dashboard = IsGiven(parsed, Dashboard),
        DashboardPort = Value(parsed, DashboardPort) ?? Defaults.DashboardPort,
        Jaeger = IsGiven(parsed, Jaeger),
        JaegerPort = Value(parsed, JaegerPort) ?? Defaults.JaegerPort,
        OtlpPort = Value(parsed, OtlpPort) ?? Defaults.OtlpPort,
    };

    // An option without a value, or with two, is among the parser's errors already, and has no value to read.
    private static string? Value(ParseResult parsed, Option<string?> option) =>
        parsed.GetResult(option) is { } result && result.Errors.Any() ? null : parsed.GetValue(option);

    private static bool IsGiven(ParseResult parsed, Option<bool> option) => parsed.GetResult(option) is { } result && !result.Errors.Any() && parsed.GetValue(option);

    // Read as text, so that a port that is no number is reported together with everything else.
    private static Option<string?> Port(string name, string description, string value) =>
        new(name) { Description = description, HelpName = "port", DefaultValueFactory = _ => value };
}
