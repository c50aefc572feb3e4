using System.Net;
using KubeLens.Gateway.Upstream;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

/// <summary>Beyond loopback every caller must be somebody of its own.</summary>
internal sealed class ExposureValidator(IOptions<ClusterOptions> cluster, IOptions<IdentityOptions> identity) : IValidateOptions<EndpointOptions>
{
    public ValidateOptionsResult Validate(string? name, EndpointOptions options)
    {
        const string Bind = $"{EndpointOptions.Section}:{nameof(EndpointOptions.Bind)}", Mode = $"{ClusterOptions.Section}:{nameof(ClusterOptions.Identity)}";
        if (options.BindAddress is not { } address || IPAddress.IsLoopback(address))
        {
            return ValidateOptionsResult.Success;
        }

        return cluster.Value.Mode switch
        {
            IdentityMode.Credential => ValidateOptionsResult.Fail($"{Bind} is {options.Bind}, beyond loopback, but with {Mode}=credential every caller has the kubeconfig's power. Set {Mode} to passthrough, impersonate or front-proxy, or {Bind} to 127.0.0.1."),
            IdentityMode.Passthrough when identity.Value.BelievesClaims => ValidateOptionsResult.Fail($"{Bind} is {options.Bind}, beyond loopback, but with {IdentityOptions.Section}:{nameof(IdentityOptions.Review)}=claims callers are not authenticated. Set it to token-review, or {Bind} to 127.0.0.1."),
            _ => ValidateOptionsResult.Success,
        };
    }
}
