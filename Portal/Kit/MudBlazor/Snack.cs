using MudBlazor;

namespace KubeLens.Portal.Kit;

/// <summary>A short message at the foot of the window that goes by itself.</summary>
internal sealed class Snack(ISnackbar library)
{
    public void Say(string text) => library.Add(text, Severity.Normal, options => options.Icon = null!);
}
