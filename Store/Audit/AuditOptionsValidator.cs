using System.Net;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Audit;

internal sealed class AuditOptionsValidator : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        var errors = new List<string>();
        for (var i = 0; i < options.GatewayAddresses.Count; i++)
        {
            if (!GatewayNetworks.TryParse(options.GatewayAddresses[i], out _))
            {
                errors.Add(FormattableString.Invariant($"{AuditOptions.Section}:GatewayAddresses:{i} is \"{options.GatewayAddresses[i]}\": use an address like 10.0.3.7 or a network like 10.0.3.0/24"));
            }
        }

        Range(errors, nameof(options.Port), options.Port, 0, IPEndPoint.MaxPort);
        Range(errors, nameof(options.ClockSkewSeconds), options.ClockSkewSeconds, 0, 300);
        Range(errors, nameof(options.WaitSeconds), options.WaitSeconds, 1, 86_400);
        Range(errors, nameof(options.PatienceSeconds), options.PatienceSeconds, 0, 604_800);
        Range(errors, nameof(options.StartSeconds), options.StartSeconds, 0, 3600);
        Range(errors, nameof(options.UnfinishedHours), options.UnfinishedHours, 1, 24 * 366);
        Range(errors, nameof(options.MaxBodyBytes), options.MaxBodyBytes, 1024, 512 * 1024 * 1024);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Range(List<string> errors, string key, int value, int min, int max)
    {
        if (value < min || value > max)
        {
            errors.Add(FormattableString.Invariant($"{AuditOptions.Section}:{key} is {value}: use {min} to {max}"));
        }
    }
}
