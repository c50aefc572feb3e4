namespace KubeLens.AppHost.Options;

/// <summary>Whether the demo cluster is recorded, and why. Somebody who named a kubeconfig never gets it by a slip.</summary>
internal static class DemoChoice
{
    /// <returns>The sentence that says why there is a demo; empty for none.</returns>
    public static string Decide(AppHostArguments arguments, Surroundings surroundings, List<string> problems)
    {
        if (arguments.Demo)
        {
            foreach (var (option, given) in new[] { (OptionNames.Kubeconfig, arguments.Kubeconfig), (OptionNames.Context, arguments.Context) })
            {
                if (given is not null)
                {
                    problems.Add($"{OptionNames.Demo} and {option} exclude each other: the demo has a cluster of its own. Leave one out.");
                }
            }

            return $"{OptionNames.Demo} was given";
        }

        var own = KubeconfigSearch.UsersOwn(surroundings);
        return arguments.Kubeconfig is null && arguments.Context is null && !KubeconfigSearch.HasVariable(surroundings) && !Path.Exists(own)
            ? $"there is no kubeconfig: {OptionNames.Kubeconfig} is not given, $KUBECONFIG is not set, and {own} does not exist"
            : "";
    }
}
