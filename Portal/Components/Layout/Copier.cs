using KubeLens.Portal.Kit;
using Microsoft.JSInterop;

namespace KubeLens.Portal.Components.Layout;

/// <summary>Copies text for the reader, and says whether it could.</summary>
internal sealed class Copier(Browser browser, Snack snack)
{
    /// <param name="text">What is copied.</param>
    /// <param name="otherwise">What to do when the browser refuses.</param>
    /// <param name="cancellationToken">Ends the wait for the browser.</param>
    /// <returns>Whether it was copied.</returns>
    public async Task<bool> CopyAsync(string text, string otherwise, CancellationToken cancellationToken)
    {
        try
        {
            await browser.CopyAsync(text, cancellationToken);
            snack.Say("Copied");
            return true;
        }
        catch (JSException)
        {
            snack.Say($"The browser refused to copy; {otherwise}");
            return false;
        }
    }
}
