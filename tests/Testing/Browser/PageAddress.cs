using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace KubeLens.Testing;

public static class PageAddress
{
    private const float Patience = 20_000; // ms

    /// <summary>
    /// Waits until the page is at this address, by asking again and again. Playwright's own <c>WaitForURLAsync</c> waits for a
    /// navigation when the address is not there yet, and misses one within the document that happens just then.
    /// </summary>
    /// <param name="glob"><c>**</c> stands for any text.</param>
    public static Task ReachesAsync(this IPage page, string glob) =>
        Assertions.Expect(page).ToHaveURLAsync(new Regex($"^{Regex.Escape(glob).Replace(@"\*\*", ".*", StringComparison.Ordinal)}$"), new() { Timeout = Patience });
}
