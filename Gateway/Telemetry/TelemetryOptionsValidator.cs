using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Telemetry;

internal sealed class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>
{
    private const string Section = TelemetryOptions.Section;
    private const int MostNames = 1000;

    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        List<string> problems = [.. Problems(options)];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(TelemetryOptions options)
    {
        if (options.SampleRatio is not (>= 0 and <= 1))
        {
            yield return $"{Section}:{nameof(options.SampleRatio)} is {options.SampleRatio}: give a number from 0 to 1, as 0.05 for every twentieth.";
        }

        if (!Enum.IsDefined(options.IncomingTrace))
        {
            yield return $"{Section}:{nameof(options.IncomingTrace)} is \"{options.IncomingTrace}\": give continue or link.";
        }

        if (!Enum.IsDefined(options.UpstreamTrace))
        {
            yield return $"{Section}:{nameof(options.UpstreamTrace)} is \"{options.UpstreamTrace}\": give span or caller.";
        }

        if (CallUrl.Problem(options.CallUrl) is { } problem)
        {
            yield return $"{Section}:{nameof(options.CallUrl)} is \"{options.CallUrl}\": {problem}";
        }

        if (options.MetricResources is < 1 or > MostNames)
        {
            yield return $"{Section}:{nameof(options.MetricResources)} is {options.MetricResources}: set it between 1 and {MostNames}.";
        }

        if (options.MetricClients is < 1 or > MostNames)
        {
            yield return $"{Section}:{nameof(options.MetricClients)} is {options.MetricClients}: set it between 1 and {MostNames}.";
        }
    }
}
