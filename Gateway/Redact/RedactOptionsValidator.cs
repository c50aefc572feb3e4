using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Redact;

internal sealed class RedactOptionsValidator : IValidateOptions<RedactOptions>
{
    private const int LeastBodyBytes = 1_024, MostBodyBytes = 16 * 1_024 * 1_024, LeastWordLength = 3;

    public ValidateOptionsResult Validate(string? name, RedactOptions options)
    {
        var errors = new List<string>();
        if (options.KeyFile.Length == 0)
        {
            errors.Add($"{RedactOptions.Section}:{nameof(options.KeyFile)} is empty and Gateway:Home is not set; name a file for the fingerprint key, or set Gateway:Home.");
        }

        if (options.MaxBodyBytes is < LeastBodyBytes or > MostBodyBytes)
        {
            errors.Add($"{RedactOptions.Section}:{nameof(options.MaxBodyBytes)} is {options.MaxBodyBytes}; set it between {LeastBodyBytes} and {MostBodyBytes} bytes.");
        }

        if (options.MaxTextBytes < 0 || options.MaxTextBytes > options.MaxBodyBytes)
        {
            errors.Add($"{RedactOptions.Section}:{nameof(options.MaxTextBytes)} is {options.MaxTextBytes}; set it between 0 and {nameof(options.MaxBodyBytes)} ({options.MaxBodyBytes}).");
        }

        for (var i = 0; i < options.SecretWords.Count; i++)
        {
            if (options.SecretWords[i].Length < LeastWordLength || !options.SecretWords[i].All(char.IsAsciiLetterOrDigit))
            {
                errors.Add($"{RedactOptions.Section}:{nameof(options.SecretWords)}:{i} is \"{options.SecretWords[i]}\"; use a word of at least {LeastWordLength} letters and digits.");
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
