using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using KubeLens.Gateway.Spool;

namespace KubeLens.Gateway.Delivery;

internal static class DeliveryServices
{
    /// <summary>Adds the sending of calls to the Store. Call it after <c>AddSpool</c> and before whatever appends: hosted services stop in reverse.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddOptions<DeliveryOptions>().BindConfiguration(DeliveryOptions.Section).ValidateOnStart();
        services.AddOptions<StoreOptions>().BindConfiguration(StoreOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StoreOptions>, StoreOptionsValidator>());
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<DeliveryOptions>>().Value);
        services.TryAddSingleton(provider => provider.GetRequiredService<CallSpool>().Reader);
        services.TryAddSingleton(provider => new BatchEncoder(provider.GetRequiredService<CallSpool>().Boot));
        services.TryAddSingleton<DeliveryMetrics>();
        services.TryAddSingleton<CallJoiner>();
        services.TryAddSingleton<BatchCutter>();
        services.TryAddSingleton<DeliveryProgress>();
        services.TryAddSingleton<StoreClient>();
        services.TryAddSingleton<DeadLetters>();
        services.TryAddSingleton<BatchSender>();
        services.AddHostedService<DeliveryWorker>();
        return services;
    }
}
