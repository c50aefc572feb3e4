using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Upstream;

internal sealed class ClusterOptionsValidator : IValidateOptions<ClusterOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterOptions options)
    {
        var problems = new List<string>();
        if (options.ExecTimeout <= TimeSpan.Zero || options.ExecTimeout > TimeSpan.FromHours(1))
        {
            problems.Add($"{ClusterOptions.Section}:{nameof(options.ExecTimeout)} is {options.ExecTimeout}: give a time above zero and up to an hour, as 00:01:00.");
        }

        if (IdentityModes.Parse(options.Identity) is null)
        {
            problems.Add($"{ClusterOptions.Section}:{nameof(options.Identity)} is \"{options.Identity}\": give {IdentityModes.Words}.");
        }

        if (options.InCluster && options.Kubeconfig.Length > 0)
        {
            problems.Add($"{ClusterOptions.Section}:{nameof(options.InCluster)} is true and {ClusterOptions.Section}:{nameof(options.Kubeconfig)} is {options.Kubeconfig}: give one of them.");
        }

        if (options.ServiceAccountFolder.Length == 0)
        {
            problems.Add($"{ClusterOptions.Section}:{nameof(options.ServiceAccountFolder)} is empty: name the folder with the pod's token, or leave it out.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
