using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Upstream;

internal sealed class ClusterOptionsValidator : IValidateOptions<ClusterOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterOptions options) =>
        options.ExecTimeout > TimeSpan.Zero && options.ExecTimeout <= TimeSpan.FromHours(1)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{ClusterOptions.Section}:{nameof(options.ExecTimeout)} is {options.ExecTimeout}: give a time above zero and up to an hour, as 00:01:00.");
}
