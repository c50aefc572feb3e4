using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Life;

internal sealed class LifeOptionsValidator : IValidateOptions<LifeOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    public ValidateOptionsResult Validate(string? name, LifeOptions options)
    {
        var problems = new List<string>();
        if (options.History < TimeSpan.Zero || options.History > Longest)
        {
            problems.Add($"{LifeOptions.Section}:{nameof(options.History)} is {options.History}: give a time from 00:00:00 to {Longest}.");
        }

        CheckAddress(nameof(options.GatewayAddress), options.GatewayAddress, problems);
        CheckAddress(nameof(options.StoreAddress), options.StoreAddress, problems);
        if (options.GatewayAddress.Length > 0 && options.GatewayAuthorityFile.Length == 0)
        {
            problems.Add($"{LifeOptions.Section}:{nameof(options.GatewayAuthorityFile)} is empty: name the PEM file of the authority that signs the gateway's certificate, pki/ca.crt in its home.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckAddress(string key, string value, List<string> problems)
    {
        if (value.Length > 0 && !(Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            problems.Add($"{LifeOptions.Section}:{key} is \"{value}\": give scheme, host and port, such as https://127.0.0.1:6444.");
        }
    }
}
