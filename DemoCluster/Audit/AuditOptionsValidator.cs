using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Audit;

internal sealed class AuditOptionsValidator : IValidateOptions<AuditOptions>
{
    private const int MostEvents = 400, MostQueued = 1_000_000;

    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        var errors = new List<string>();
        if (options.WebhookUrl.Length > 0 && (!Uri.TryCreate(options.WebhookUrl, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)))
        {
            errors.Add($"{AuditOptions.Section}:WebhookUrl is \"{options.WebhookUrl}\": give an http or https URL, or leave it out for no audit");
        }

        if (options.WebhookTokenFile.Length > 0 && !File.Exists(options.WebhookTokenFile))
        {
            errors.Add($"{AuditOptions.Section}:WebhookTokenFile is \"{options.WebhookTokenFile}\": there is no such file; name one that holds the token, or leave it out");
        }

        Within(errors, "QueueLength", options.QueueLength, 1, MostQueued);
        Within(errors, "BatchEvents", options.BatchEvents, 1, MostEvents);
        Within(errors, "BatchWait", options.BatchWait, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Within(errors, "SendTimeout", options.SendTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        Within(errors, "ShutdownBudget", options.ShutdownBudget, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Within<T>(List<string> errors, string key, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            errors.Add($"{AuditOptions.Section}:{key} is {value}: it must lie between {min} and {max}");
        }
    }
}
