using KubeLens.Store.Partitions;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Retention;

internal sealed class RetentionOptionsValidator(IConfiguration configuration) : IValidateOptions<RetentionOptions>
{
    private const string Section = RetentionOptions.Section;
    private const int LongestDays = 3660;

    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        var errors = new List<string>();
        // Unchecked: a wrong one is told where it is checked.
        var late = Math.Max(1, configuration.GetSection(PartitionOptions.Section).Get<PartitionOptions>()?.LateDays ?? new PartitionOptions().LateDays);
        if (options.CallDays < late || options.CallDays > LongestDays)
        {
            errors.Add(FormattableString.Invariant($"{Section}:CallDays is {options.CallDays}: use {late} (Partitions:LateDays, since calls come that late) to {LongestDays}"));
        }

        if (options.ArrivalDays is < 1 or > LongestDays)
        {
            errors.Add(FormattableString.Invariant($"{Section}:ArrivalDays is {options.ArrivalDays}: use 1 to {LongestDays}"));
        }

        if (options.AccessDays is < 1 or > LongestDays)
        {
            errors.Add(FormattableString.Invariant($"{Section}:AccessDays is {options.AccessDays}: use 1 to {LongestDays}"));
        }

        if (options.AccessReviewDays is < 1 or > LongestDays)
        {
            errors.Add(FormattableString.Invariant($"{Section}:AccessReviewDays is {options.AccessReviewDays}: use 1 to {LongestDays}"));
        }

        Bodies(errors, $"{Section}:BodyDays", options.BodyDays, options.CallDays);
        foreach (var (key, one) in options.Classes)
        {
            Bodies(errors, $"{Section}:Classes:{key}:BodyDays", one.BodyDays, options.CallDays);
        }

        if (options.MaxBytes < 0)
        {
            errors.Add(FormattableString.Invariant($"{Section}:MaxBytes is {options.MaxBytes}: use a number of bytes, or 0 for no limit"));
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Bodies(List<string> errors, string key, int days, int most)
    {
        if (days < 1 || days > most)
        {
            errors.Add(FormattableString.Invariant($"{key} is {days}: use 1 to {most} ({Section}:CallDays)"));
        }
    }
}
