using System.CommandLine;
using KubeLens.Gateway.Capture.Policy;
using KubeLens.Gateway.Capture.Sessions.Recording;

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
        var (key, name) = NamedCluster.Of(configuration, arguments.GetValue(Cluster));
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
}
