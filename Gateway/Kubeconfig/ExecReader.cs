namespace KubeLens.Gateway.Kubeconfig;

/// <summary>Reads and checks the <c>exec</c> part of a user.</summary>
internal static class ExecReader
{
    public static ExecConfig Read(KubeconfigNode node)
    {
        var version = node.Text("apiVersion");
        if (version is not (ExecConfig.V1 or ExecConfig.V1Beta1))
        {
            throw node.Error("apiVersion", version.Length == 0
                ? $"is missing: write {ExecConfig.V1}"
                : $"\"{version}\" is not supported; {ExecConfig.V1} and {ExecConfig.V1Beta1} are.");
        }

        CheckMode(node, version);
        return new ExecConfig
        {
            ApiVersion = version,
            Command = Command(node),
            Arguments = node.Texts("args"),
            Environment = [.. node.Maps("env").Select(entry => entry.Text("name") is { Length: > 0 } name
                ? KeyValuePair.Create(name, entry.Text("value"))
                : throw entry.Error("name", "is missing."))],
            InstallHint = node.Text("installHint").Trim(),
            ProvideClusterInfo = node.Flag("provideClusterInfo"),
        };
    }

    private static string Command(KubeconfigNode node) => node.Text("command") switch
    {
        "" => throw node.Error("command", "is missing: name the program that prints the credential."),
        var path when path.Contains(Path.DirectorySeparatorChar) => node.Resolve(path),
        var name => name,
    };

    // The gateway runs plugins without a terminal, so IfAvailable means no.
    private static void CheckMode(KubeconfigNode node, string version)
    {
        switch (node.Text("interactiveMode"))
        {
            case "Never" or "IfAvailable":
            case "" when version == ExecConfig.V1Beta1:
                return;
            case "":
                throw node.Error("interactiveMode", $"is missing, which {version} demands: write IfAvailable or Never.");
            case "Always":
                throw node.Error("interactiveMode", "is Always, but the gateway has no terminal to ask on. Sign in first and set IfAvailable, or use another credential.");
            case var other:
                throw node.Error("interactiveMode", $"\"{other}\" is none of Never, IfAvailable, Always.");
        }
    }
}
