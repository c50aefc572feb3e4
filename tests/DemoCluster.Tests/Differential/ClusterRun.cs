using KubeLens.Testing;

namespace KubeLens.DemoCluster.Tests.Differential;

/// <summary>One cluster's answers to the whole script.</summary>
/// <param name="Answers">Of the steps that this kubectl knows.</param>
/// <param name="Server">The minor version of the cluster.</param>
internal sealed record ClusterRun(IReadOnlyList<Answer> Answers, int Server)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static async Task<ClusterRun> StartAsync(KubectlProgram program, string kubeconfig, string ns, CancellationToken cancellationToken)
    {
        using var home = new TempFolder("kubectl");
        var kubectl = new Kubectl(program.Path, kubeconfig, home.Path) { Environment = new Dictionary<string, string?> { ["KUBE_EDITOR"] = "sed -i s/before$/after/" } };
        var server = await ServerAsync(kubectl, cancellationToken);
        var node = (await kubectl.RunAsync(["get", "nodes", "-o", "jsonpath={.items[0].metadata.name}"], cancellationToken)).Require().Trim();
        var answers = new List<Answer>();
        try
        {
            foreach (var step in Script.Steps.Where(step => step.Oldest <= program.Minor))
            {
                var result = await kubectl.RunAsync(Words(step, ns, node), cancellationToken, step.Input.Replace("{ns}", ns, StringComparison.Ordinal), Deadline);
                var neutral = new ProcessResult(result.ExitCode, Neutral(result.Output, ns, node), Neutral(result.Error, ns, node));
                answers.Add(new Answer(step, Shape.Of(neutral, step.Shows), neutral));
                if (step == Script.Steps[0])
                {
                    await TakesPodsAsync(kubectl, ns, cancellationToken);
                }
            }
        }
        finally
        {
            // Where the script ended early.
            await kubectl.RunAsync(["delete", "namespace", ns, "--ignore-not-found", "--wait=false"], CancellationToken.None);
            await kubectl.RunAsync(["delete", "clusterrole,clusterrolebinding", ns, "--ignore-not-found"], CancellationToken.None);
        }

        return new ClusterRun(answers, server);
    }

    /// <summary>Real controllers take a moment to give a namespace its service account.</summary>
    private static Task TakesPodsAsync(Kubectl kubectl, string ns, CancellationToken cancellationToken) => Eventually.Async(
        async () => (await kubectl.RunAsync(["run", "probe", "--image=registry.example/probe:1", "--dry-run=server", "--namespace", ns], cancellationToken)).ExitCode == 0,
        cancellationToken,
        Deadline,
        "the namespace takes pods");

    private static async Task<int> ServerAsync(Kubectl kubectl, CancellationToken cancellationToken)
    {
        var version = System.Text.Json.Nodes.JsonNode.Parse((await kubectl.RunAsync(["get", "--raw", "/version"], cancellationToken)).Require())!;
        return int.Parse(((string)version["minor"]!).TrimEnd('+'), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static List<string> Words(Step step, string ns, string node)
    {
        var words = step.Command.Split(' ').Select(word => word.Replace("{ns}", ns, StringComparison.Ordinal).Replace("{node}", node, StringComparison.Ordinal)).ToList();
        words.InsertRange(1, ["-v=4", .. words.Contains("-n") || words.Contains("-A") ? Array.Empty<string>() : ["--namespace", ns]]);
        return words;
    }

    private static string Neutral(string text, string ns, string node) =>
        text.Replace(ns, "NS", StringComparison.Ordinal).Replace(node, "NODE", StringComparison.Ordinal);
}
