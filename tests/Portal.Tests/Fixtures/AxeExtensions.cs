using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>axe on a page.</summary>
internal static class AxeExtensions
{
    // axe looks for a selector of every element in a result; of what is well nobody asks for them, and they take most of its time.
    private static readonly AxeRunOptions Violations = new() { ResultTypes = [ResultType.Violations] };

    /// <returns>Each rule that is broken, with the first elements that break it; empty when all is well.</returns>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(this IPage page)
    {
        var result = await page.RunAxe(Violations);
        return [.. result.Violations.Select(violation => $"{violation.Id} {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}")];
    }
}
