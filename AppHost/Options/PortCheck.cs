using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KubeLens.AppHost.Linux;

namespace KubeLens.AppHost.Options;

/// <summary>Different ports that we may open.</summary>
internal static class PortCheck
{
    /// <param name="jaeger">Whether a Jaeger is started.</param>
    public static Ports Check(AppHostArguments arguments, List<string> problems, bool jaeger = false)
    {
        var gateway = Parse(OptionNames.GatewayPort, arguments.GatewayPort, problems);
        var store = Parse(OptionNames.StorePort, arguments.StorePort, problems);
        var portal = Parse(OptionNames.PortalPort, arguments.PortalPort, problems);
        var demo = Parse(OptionNames.DemoPort, arguments.DemoPort, problems);
        var proxy = arguments.ProxyPort is { } asked ? Parse(OptionNames.ProxyPort, asked, problems) : 0;
        var dashboard = arguments.Dashboard ? Parse(OptionNames.DashboardPort, arguments.DashboardPort, problems) : 0;
        var jaegerPort = jaeger ? Parse(OptionNames.JaegerPort, arguments.JaegerPort, problems) : 0;
        var otlp = arguments.Dashboard || jaeger ? Parse(OptionNames.OtlpPort, arguments.OtlpPort, problems) : 0;
        (string Option, int Port)[] named =
        [
            (OptionNames.GatewayPort, gateway), (OptionNames.StorePort, store), (OptionNames.PortalPort, portal), (OptionNames.ProxyPort, proxy), (OptionNames.DemoPort, demo),
            (OptionNames.DashboardPort, dashboard), (OptionNames.JaegerPort, jaegerPort), (OptionNames.OtlpPort, otlp),
        ];
        foreach (var same in named.Where(port => port.Port != 0).GroupBy(port => port.Port).Where(group => group.Count() > 1))
        {
            problems.Add($"{string.Join(" and ", same.Select(port => port.Option))} are {same.Key}. Each needs a port of its own.");
        }

        return new Ports(gateway, store, portal, demo) { Proxy = proxy, Dashboard = dashboard, Jaeger = jaegerPort, Otlp = otlp };
    }

    /// <summary>Adds which of the ports cannot be opened, and because of whom.</summary>
    /// <param name="demo">Whether the demo cluster's port is opened too.</param>
    public static void CheckFree(Ports ports, bool demo, List<string> problems) => problems.AddRange(new[]
    {
        Taken(OptionNames.GatewayPort, ports.Gateway),
        Taken(OptionNames.StorePort, ports.Store),
        Taken(OptionNames.PortalPort, ports.Portal),
        Taken(OptionNames.ProxyPort, ports.Proxy),
        demo ? Taken(OptionNames.DemoPort, ports.Demo) : null,
        Taken(OptionNames.DashboardPort, ports.Dashboard),
        Taken(OptionNames.JaegerPort, ports.Jaeger),
        Taken(OptionNames.OtlpPort, ports.Otlp),
    }.OfType<string>());

    private static int Parse(string option, string text, List<string> problems)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort)
        {
            return port;
        }

        problems.Add($"{option} {text}: a port is a number from 1 to {IPEndPoint.MaxPort}.");
        return 0;
    }

    private static string? Taken(string option, int port)
    {
        if (port == 0)
        {
            return null; // reported already, or not opened
        }

        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return null;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return $"{option} {port}: 127.0.0.1:{port} is taken by {PortOwner.Find(port) ?? "another process"}. Stop it, or choose another port with {option}.";
        }
        catch (SocketException exception)
        {
            return $"{option} {port}: 127.0.0.1:{port} cannot be opened ({exception.Message}). Ports below 1024 are root's; choose another with {option}.";
        }
    }
}
