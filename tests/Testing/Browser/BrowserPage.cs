using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace KubeLens.Testing;

/// <summary>A page, and what went wrong on it: errors on the console, exceptions, violations of the content security policy.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private const string Violation = "CSP violation: ";

    // Reported by the page itself: the console message differs between versions of Chromium.
    private const string ReportViolations = $$"""
        document.addEventListener('securitypolicyviolation', e =>
          console.error('{{Violation}}' + e.effectiveDirective + ' blocked ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber + ' ' + e.sample));
        """;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _errors = new();

    private BrowserPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => _errors.Enqueue(error);
    }

    public IPage Page { get; }

    /// <summary>Errors of the console and uncaught exceptions so far, violations of the policy included.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    public IReadOnlyList<string> PolicyViolations => [.. _errors.Where(error => error.StartsWith(Violation, StringComparison.Ordinal))];

    internal static async Task<BrowserPage> OpenAsync(IBrowserContext context)
    {
        await context.AddInitScriptAsync(ReportViolations);
        return new BrowserPage(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
