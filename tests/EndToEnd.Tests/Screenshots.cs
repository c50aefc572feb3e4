using Microsoft.Playwright;

namespace KubeLens.EndToEnd.Tests;

/// <summary>Pictures of tests to look at, in <c>artifacts/screenshots</c>.</summary>
internal static class Screenshots
{
    public static Task TakeAsync(IPage page, string name) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(KubeLensSystem.RepositoryRoot(), "artifacts", "screenshots", $"{name.ToLowerInvariant()}.png") });
}
