using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Delivery;

internal sealed class StoreOptionsValidator : IValidateOptions<StoreOptions>
{
    public ValidateOptionsResult Validate(string? name, StoreOptions options) =>
        Uri.TryCreate(options.Address, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Query.Length == 0 && address.Fragment.Length == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Store:Address is \"{options.Address}\": give scheme, host and port, like http://127.0.0.1:6445");
}
