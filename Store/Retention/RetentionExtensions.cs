using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Retention;

internal static class RetentionExtensions
{
    public static WebApplicationBuilder AddRetention(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>());
        builder.Services.TryAddSingleton<DropDays>();
        builder.Services.TryAddSingleton<RetentionRun>();
        builder.Services.AddHostedService<RetentionWorker>();
        return builder;
    }
}
