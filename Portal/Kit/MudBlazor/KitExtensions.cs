using MudBlazor;
using MudBlazor.Services;

namespace KubeLens.Portal.Kit;

/// <summary>The one place where the component library enters the program.</summary>
internal static class KitExtensions
{
    public static void AddKit(this IServiceCollection services)
    {
        services.AddMudServices(library =>
        {
            library.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomLeft;
            library.SnackbarConfiguration.VisibleStateDuration = 2500;
            library.SnackbarConfiguration.ShowTransitionDuration = 100;
            library.SnackbarConfiguration.HideTransitionDuration = 100;
            library.SnackbarConfiguration.ShowCloseIcon = false;
            library.SnackbarConfiguration.PreventDuplicates = true;
        });
        services.AddScoped<Snack>();
    }
}
