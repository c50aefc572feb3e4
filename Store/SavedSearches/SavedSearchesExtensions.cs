using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.SavedSearches;

internal static class SavedSearchesExtensions
{
    public static WebApplicationBuilder AddSavedSearches(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<SavedSearchTable>();
        return builder;
    }
}
