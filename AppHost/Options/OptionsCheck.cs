using KubeLens.AppHost.State;
using KubeLens.AppHost.Telemetry;

namespace KubeLens.AppHost.Options;

/// <summary>Turns the arguments into options, and finds everything that is wrong with them at once.</summary>
internal static class OptionsCheck
{
    public const string HomeVariable = "KUBELENS_HOME";

    // What was made up must not lie among what was recorded.
    private const string DemoSuffix = "-demo";

    /// <summary>Adds what is wrong to <paramref name="problems"/>; the result may be used only when there is nothing.</summary>
    public static AppHostOptions Check(AppHostArguments arguments, Surroundings surroundings, List<string> problems)
    {
        var demo = DemoChoice.Decide(arguments, surroundings, problems);
        var home = surroundings.FullPath(surroundings.Variable(HomeVariable) ?? DefaultHome(surroundings) + (demo.Length > 0 ? DemoSuffix : ""));
        if (File.Exists(home))
        {
            problems.Add($"{HomeVariable}: {home} is a file. It must be a folder, or not exist yet.");
        }
        else if (IsForeign(home) is { } reason)
        {
            problems.Add($"{HomeVariable}: {home} {reason}. Name a folder that is empty or does not exist yet.");
        }

        var kubeconfigs = demo.Length > 0 ? [] : KubeconfigSearch.Find(arguments.Kubeconfig, home, surroundings, problems);
        if (arguments.Context is not null && string.IsNullOrWhiteSpace(arguments.Context))
        {
            problems.Add($"{OptionNames.Context} is empty. Name one of the kubeconfig's contexts, or leave the option out to use its current one.");
        }

        var jaeger = OnPath.Find(arguments.Jaeger, surroundings, Jaeger.Programs);
        var ports = PortCheck.Check(arguments, problems, jaeger?.Program is not null);
        if (HomeLock.IsHeld(home))
        {
            problems.Add(HomeLock.HeldMessage(home)); // and it is that one's services who have the ports
        }
        else
        {
            PortCheck.CheckFree(ports, demo.Length > 0, problems);
        }

        return new AppHostOptions(home, kubeconfigs, arguments.Context, ports, ConnectionStringCheck.Check(arguments.ConnectionString, problems))
        {
            Demo = demo,
            Jaeger = jaeger,
            Otlp = OtlpEndpointCheck.Check(arguments, surroundings, problems),
        };
    }

    /// <summary>Root's own home is closed to the user that runs Postgres, so root's state lives where a service's would.</summary>
    public static string DefaultHome(Surroundings surroundings) =>
        surroundings.IsRoot ? "/var/lib/kubelens" : Path.Combine(surroundings.UserFolder, ".kubelens");

    private static string? IsForeign(string home)
    {
        try
        {
            return StateFolder.IsForeign(home) ? "holds other things than KubeLens's state" : null;
        }
        catch (UnauthorizedAccessException)
        {
            return "belongs to somebody else";
        }
    }
}
