using System.CommandLine;
using KubeLens.Gateway.Capture.Policy;
using KubeLens.Gateway.Capture.Sessions.Recording;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Connect.Commands;

/// <summary><c>gateway policy test</c>: which rule of the capture policy a call would meet. It reads the settings and asks nobody.</summary>
internal static class PolicyCommand
{
    private static readonly Option<string> User = new("--user") { Description = "whom the apiserver sees", DefaultValueFactory = _ => "" };
    private static readonly Option<string[]> Group = new("--group") { Description = "of that user; may be given several times", DefaultValueFactory = _ => [] };
    private static readonly Option<string?> Cluster = new("--cluster") { Description = "a name of Clusters; left out, the cluster of section Cluster" };
    private static readonly Option<string> UserAgent = new("--user-agent") { DefaultValueFactory = _ => "" };

    public static Command Create()
    {
        var test = new Command("test", "Says what would be kept of a call, and which rule says so.") { User, Group, Cluster, UserAgent };
        foreach (var option in PolicyRequest.Options)
        {
            test.Options.Add(option);
        }

        test.SetAction(Run);
        return new Command("policy", "The capture policy: what is kept of which calls.") { test };
    }

    private static int Run(ParseResult arguments)
    {
        var configuration = AdminHome.Configuration(arguments);
        var policies = PolicyReader.Read(configuration);
        foreach (var warning in policies.Warnings)
        {
            arguments.InvocationConfiguration.Error.WriteLine($"warning: {warning}");
        }

        var info = PolicyRequest.Of(arguments);
        var (key, name) = Named(configuration, arguments.GetValue(Cluster));
        var call = new PolicyCall(name, info, arguments.GetValue(User)!, arguments.GetValue(Group)!, arguments.GetValue(UserAgent)!);
        Write(arguments.InvocationConfiguration.Output, policies.For(key).Find(call));
        return 0;
    }

    private static void Write(TextWriter output, PolicyRule? rule)
    {
        output.WriteLine($"rule:   {rule?.Key ?? "none matches"}");
        output.WriteLine($"level:  {(rule?.Level ?? CaptureLevel.RequestResponse).Word()}");
        if (rule is { Recording: not RecordingMode.None })
        {
            output.WriteLine($"terminal: {rule.Recording.Word()} of exec and attach is recorded");
        }

        if (rule is { Level: CaptureLevel.None })
        {
            output.WriteLine($"counted only, except {NeverLeftOut.ByNone}: these are recorded as with metadata");
        }
        else if (rule is { Sample: > 1 })
        {
            output.WriteLine($"sample: one in {rule.Sample}, never {NeverLeftOut.BySample}, nor {NeverLeftOut.ByNone}");
        }
    }

    // As ClusterPlans names them. What cannot be read of a kubeconfig leaves the name out: only a rule with Clusters needs it.
    private static (string Key, string Name) Named(IConfiguration configuration, string? cluster)
    {
        var further = configuration.GetSection(ClusterPlans.Section).GetChildren()
            .Select(section => (section.Path, Name: section[nameof(ClusterOptions.Name)] is { Length: > 0 } name ? name : section.Key, section.Key))
            .FirstOrDefault(one => one.Name == cluster || one.Key.Equals(cluster, StringComparison.OrdinalIgnoreCase));
        if (further.Path is not null)
        {
            return (further.Path, further.Name);
        }

        // Another context of the kubeconfig has the general rules only.
        var main = OfKubeconfig(configuration.GetSection(ClusterOptions.Section));
        return cluster is null || cluster == main ? (ClusterOptions.Section, main) : ("", cluster);
    }

    private static string OfKubeconfig(IConfigurationSection section)
    {
        var options = section.Get<ClusterOptions>() ?? new ClusterOptions();
        try
        {
            return options.Name.Length > 0 ? options.Name : KubeconfigLoader.Load(KubeconfigSources.Find(options.Kubeconfig), options.Context).Cluster.Name;
        }
        catch (KubeconfigException)
        {
            return "";
        }
    }
}
