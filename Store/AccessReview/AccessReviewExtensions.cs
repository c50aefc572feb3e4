using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.AccessReview;

internal static class AccessReviewExtensions
{
    public static WebApplicationBuilder AddAccessReview(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<AccessUsesReader>();
        builder.Services.TryAddSingleton<AccessReviewReader>();
        return builder;
    }
}
