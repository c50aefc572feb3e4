namespace KubeLens.AppHost.Options;

/// <summary>Finds the cluster's kubeconfig as kubectl does: the option, else <c>$KUBECONFIG</c>, else <c>~/.kube/config</c>.</summary>
internal static class KubeconfigSearch
{
    private const string Variable = "KUBECONFIG";

    /// <summary>kubectl's default.</summary>
    public static string UsersOwn(Surroundings surroundings) => Path.Combine(surroundings.UserFolder, ".kube", "config");

    /// <summary>Whether the variable names any file.</summary>
    public static bool HasVariable(Surroundings surroundings) => Listed(surroundings).Length > 0;

    public static IReadOnlyList<string> Find(string? option, string home, Surroundings surroundings, List<string> problems)
    {
        var issued = Path.Combine(home, "kubeconfig");
        if (option is not null)
        {
            return Given(option, issued, surroundings, problems);
        }

        var list = Listed(surroundings);
        var candidates = list.Length > 0 ? list.Select(surroundings.FullPath).ToList() : [UsersOwn(surroundings)];
        var states = candidates.ConvertAll(path => (Path: path, Problem: Problem(path, issued)));

        // As with kubectl, files of the list may be missing as long as one is there; one that is there must be readable.
        var found = states.Where(state => state.Problem is null).Select(state => state.Path).ToList();
        if (found.Count == 0)
        {
            problems.Add($"""
                No kubeconfig of a cluster found. Looked for:
                  {OptionNames.Kubeconfig}: not given
                  ${Variable}: {(list.Length > 0 ? "" : "not set")}{Describe(list.Length > 0 ? states : [])}
                  {(list.Length > 0 ? "~/.kube/config: not looked at, because $KUBECONFIG is set" : $"~/.kube/config: {states[0].Path} {states[0].Problem}")}
                Name your cluster's: dotnet run --project AppHost -- {OptionNames.Kubeconfig} FILE
                or look around in one of ours: dotnet run --project AppHost -- {OptionNames.Demo}
                """.ReplaceLineEndings("\n"));
        }

        return found;
    }

    private static string[] Listed(Surroundings surroundings) =>
        surroundings.Variable(Variable)?.Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static IReadOnlyList<string> Given(string option, string issued, Surroundings surroundings, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(option))
        {
            problems.Add($"{OptionNames.Kubeconfig} is empty. Name the file, or leave the option out to use ${Variable} or ~/.kube/config.");
            return [];
        }

        var path = surroundings.FullPath(option);
        if (Problem(path, issued) is { } problem)
        {
            problems.Add($"{OptionNames.Kubeconfig} {option}: {path} {problem}.");
            return [];
        }

        return [path];
    }

    private static string Describe(IReadOnlyList<(string Path, string? Problem)> states) =>
        string.Concat(states.Select(state => $"\n    {state.Path} {state.Problem}"));

    private static string? Problem(string path, string issued)
    {
        if (path == issued)
        {
            return "is the one that KubeLens issued: it points at the gateway itself. Use the one of your cluster";
        }

        if (Directory.Exists(path))
        {
            return "is a folder, not a file";
        }

        try
        {
            using var file = File.OpenRead(path);
            return null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return "does not exist";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read ({exception.Message})";
        }
    }
}
