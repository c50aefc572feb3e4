using KubeLens.Gateway.Redact.Rules;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Redact;

internal static class RedactRegistration
{
    private const string HomeKey = "Gateway:Home", KeyFileName = "redact-key";

    /// <summary>Adds <see cref="BodyRedactor"/> its key, <see cref="SecretNames"/> and <see cref="RedactRules"/>.</summary>
    public static IServiceCollection AddRedact(this IServiceCollection services)
    {
        services.AddOptions<RedactOptions>()
            .BindConfiguration(RedactOptions.Section)
            .PostConfigure<IConfiguration>((options, configuration) =>
            {
                if (options.KeyFile.Length == 0 && configuration[HomeKey] is { Length: > 0 } home)
                {
                    options.KeyFile = Path.Combine(home, KeyFileName);
                }
            })
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedactOptions>, RedactOptionsValidator>());
        services.TryAddSingleton(provider =>
        {
            var file = provider.GetRequiredService<IOptions<RedactOptions>>().Value.KeyFile;
            var log = provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FingerprintKey).FullName!);
            var isNew = !File.Exists(file);
            var key = FingerprintKey.LoadOrCreate(file);
            RedactLog.KeyReady(log, file, isNew ? "made" : "read");
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
            {
                RedactLog.KeyReadableByOthers(log, file);
            }

            return key;
        });
        services.TryAddSingleton(provider => new SecretNames(provider.GetRequiredService<IOptions<RedactOptions>>().Value.SecretWords));
        services.TryAddSingleton<RedactRules>();
        services.TryAddSingleton<BodyRedactor>();
        return services;
    }
}
