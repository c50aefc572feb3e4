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
        services.AddHttpClient<StoreClient>((provider, http) => Configure(http, provider, options => options.Timeout)).RemoveAllLoggers();
        services.AddHttpClient<StoreStreams>((provider, http) => Configure(http, provider, _ => Timeout.InfiniteTimeSpan)).RemoveAllLoggers();
        services.TryAddScoped<StoreSessions>();
        services.TryAddScoped<StoreCalls>();
        services.TryAddScoped<StoreLive>();
        services.TryAddScoped<StoreRequests>();
        services.TryAddScoped<StoreSearches>();
        services.TryAddScoped<StoreNotes>();
        services.TryAddScoped<StoreHolds>();
        services.TryAddScoped<StoreAccess>();
    }

    private static void Configure(HttpClient http, IServiceProvider provider, Func<StoreOptions, TimeSpan> timeout)
    {
        var options = provider.GetRequiredService<IOptions<StoreOptions>>().Value;
        http.BaseAddress = new Uri(options.Address.TrimEnd('/') + "/");
        http.Timeout = timeout(options);
    }
}
