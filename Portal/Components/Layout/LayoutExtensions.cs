namespace KubeLens.Portal.Components.Layout;

internal static class LayoutExtensions
{
    /// <summary>What components ask of the browser; one of each a circuit.</summary>
    public static void AddBrowser(this IServiceCollection services)
    {
        services.AddScoped<Browser>();
        services.AddScoped<Copier>();
        services.AddScoped<ReaderChoices>();
    }
}
