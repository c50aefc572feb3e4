using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Audit;

internal static class AuditExtensions
{
    /// <summary>What takes events, and the worker that sees to those that wait.</summary>
    public static WebApplicationBuilder AddAudit(this WebApplicationBuilder builder)
    {
        builder.AddAuditIntake();
        builder.Services.AddHostedService<AuditWorker>();
        return builder;
    }

    /// <summary>Without the worker.</summary>
    public static WebApplicationBuilder AddAuditIntake(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuditOptions>, AuditOptionsValidator>());
        builder.Services.TryAddSingleton<GatewayNetworks>();
        builder.Services.TryAddSingleton<AuditMatch>();
        builder.Services.TryAddSingleton<AuditTable>();
        builder.Services.TryAddSingleton<AuditedCalls>();
        builder.Services.TryAddSingleton<AuditMerge>();
        builder.Services.TryAddSingleton<AuditJoiner>();
        builder.Services.TryAddSingleton<AuditPlacer>();
        builder.Services.TryAddSingleton<AuditIntake>();
        builder.Services.TryAddSingleton<AuditResolver>();
        return builder;
    }
}
