using KubeLens.Contracts.Calls;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Delivery;

internal sealed class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>
{
    private const int MinBatchBytes = 1024, MaxBatchBytes = 16 * 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        var errors = new List<string>();
        Within(errors, "Delivery:BatchCalls", options.BatchCalls, 1, CallPosition.MaxBatchSize);
        Within(errors, "Delivery:BatchBytes", options.BatchBytes, MinBatchBytes, MaxBatchBytes);
        Within(errors, "Delivery:BatchWait", options.BatchWait, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Within(errors, "Delivery:BodyWait", options.BodyWait, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Within(errors, "Delivery:SendTimeout", options.SendTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        Within(errors, "Delivery:ShutdownBudget", options.ShutdownBudget, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Within(errors, "Delivery:DeadLetterBytes", options.DeadLetterBytes, 0L, long.MaxValue);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Within<T>(List<string> errors, string key, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            errors.Add($"{key} is {value}: it must lie between {min} and {max}");
        }
    }
}
