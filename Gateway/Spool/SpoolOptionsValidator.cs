using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Spool;

internal sealed class SpoolOptionsValidator : IValidateOptions<SpoolOptions>
{
    public const int MinSegmentBytes = 1024 * 1024;
    public const int MaxSegmentBytes = 1024 * 1024 * 1024;
    public const int MinSegments = 6;

    public ValidateOptionsResult Validate(string? name, SpoolOptions options)
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Folder))
        {
            errors.Add("Spool:Folder is not set: name a folder for this gateway alone, or set Gateway:Home");
        }

        if (options.SegmentBytes is < MinSegmentBytes or > MaxSegmentBytes)
        {
            errors.Add($"Spool:SegmentBytes is {options.SegmentBytes}: it must lie between {MinSegmentBytes} and {MaxSegmentBytes} (bytes)");
        }
        else if (options.MaxBytes < (long)MinSegments * options.SegmentBytes)
        {
            errors.Add($"Spool:MaxBytes is {options.MaxBytes}: it must be at least {MinSegments} times Spool:SegmentBytes, {(long)MinSegments * options.SegmentBytes} (bytes)");
        }

        if (options.FsyncInterval < TimeSpan.FromMilliseconds(10) || options.FsyncInterval > TimeSpan.FromHours(1))
        {
            errors.Add($"Spool:FsyncInterval is {options.FsyncInterval}: it must lie between 00:00:00.010 and 01:00:00");
        }

        if (options.LeaseWait < TimeSpan.Zero || options.LeaseWait > TimeSpan.FromMinutes(5))
        {
            errors.Add($"Spool:LeaseWait is {options.LeaseWait}: it must lie between 00:00:00 and 00:05:00");
        }

        if (!Enum.IsDefined(options.Fsync))
        {
            errors.Add($"Spool:Fsync is {options.Fsync}: it must be one of {string.Join(", ", Enum.GetNames<FsyncPolicy>())}");
        }

        if (!Enum.IsDefined(options.OnPressure))
        {
            errors.Add($"{SpoolOptions.OnPressureKey} is {options.OnPressure}: it must be one of {string.Join(", ", Enum.GetNames<PressurePolicy>())}");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
