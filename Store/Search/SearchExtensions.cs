using KubeLens.Store.Packing;
using KubeLens.Store.Sealing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Search;

internal static class SearchExtensions
{
    public static WebApplicationBuilder AddSearch(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SearchOptions>().BindConfiguration(SearchOptions.Section).ValidateOnStart();
        builder.Services.TryAddSingleton<SealedPackReader>();
        builder.Services.TryAddSingleton<PackReader>();
        builder.Services.TryAddSingleton<CallItems>();
        builder.Services.TryAddSingleton<CallSearch>();
        builder.Services.TryAddSingleton<SearchAnswering>();
        builder.Services.TryAddSingleton<CallDetailsReader>();
        return builder;
    }
}
