using KubeLens.Portal.Traces;
using Microsoft.Extensions.Options;

namespace KubeLens.Portal.Hosting;

internal sealed class PortalOptionsValidator : IValidateOptions<PortalOptions>
{
    public ValidateOptionsResult Validate(string? name, PortalOptions options)
    {
        List<string> errors = [];
        if (options.Port is < 0 or > 65535)
        {
            errors.Add($"Portal:Port is {options.Port}; it must be between 0 and 65535.");
        }

        if (string.IsNullOrWhiteSpace(options.KubeconfigPath))
        {
            errors.Add("Portal:KubeconfigPath is empty; name the kubeconfig that points at the gateway.");
        }

        if (string.IsNullOrWhiteSpace(options.KeysFolder))
        {
            errors.Add("Portal:KeysFolder is empty; name a folder for the keys of the sign-in cookie, for example ~/.kubelens/portal-keys.");
        }

        if (TraceUrl.Problem(options.TraceUrl) is { } problem)
        {
            errors.Add($"Portal:TraceUrl is \"{options.TraceUrl}\": {problem}");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
