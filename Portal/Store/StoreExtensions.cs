using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KubeLens.Portal.Store;

internal static class StoreExtensions
{
    public static void AddStore(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton<IValidateOptions<StoreOptions>, StoreOptionsValidator>();
        services.AddOptions<StoreOptions>().BindConfiguration(StoreOptions.Section).ValidateOnStart();
        services.AddHttpClient<StoreClient>((provider, http) =>
        {
            var options = provider.GetRequiredService<IOptions<StoreOptions>>().Value;
            http.BaseAddress = new Uri(options.Address.TrimEnd('/') + "/");
            http.Timeout = options.Timeout;
        }).RemoveAllLoggers();
        services.TryAddScoped<StoreSessions>();
        services.TryAddScoped<StoreCalls>();
    }
}
