using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Hosting;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace KubeLens.Portal.Components.Controls;

/// <summary>The command that makes the first call, and a watch for it.</summary>
public sealed partial class FirstCall : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Lifetime _gone = new();
    private bool _arrived;

    /// <summary>Called once, when a call is there.</summary>
    [Parameter]
    public EventCallback OnArrived { get; set; }

    /// <summary>True when the caller knows that calls are there.</summary>
    [Parameter]
    public bool Known { get; set; }

    [Inject]
    private StoreCalls Calls { get; set; } = default!;

    [Inject]
    private IOptions<PortalOptions> Options { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private bool Arrived => Known || _arrived;

    private string Command => $"kubectl --kubeconfig {Quote(Options.Value.KubeconfigPath)} get ns";

    public void Dispose()
    {
        _gone.Dispose();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && !Known)
        {
            // On the renderer's own context, which reports what it throws.
            _ = InvokeAsync(WatchAsync);
        }
    }

    // For a POSIX shell; a tilde must stay bare to be expanded.
    private static string Quote(string path)
        => path.All(c => char.IsAsciiLetterOrDigit(c) || "/._-~+=:@".Contains(c, StringComparison.Ordinal)) ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private async Task WatchAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, Clock);
            do
            {
                var newest = await Calls.NewestAsync(_gone.Token);
                if (newest.Value is { Items.Count: > 0 })
                {
                    _arrived = true;
                    StateHasChanged();
                    await OnArrived.InvokeAsync();
                    return;
                }
            }
            while (await timer.WaitForNextTickAsync(_gone.Token));
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The page was left.
        }
        catch (ObjectDisposedException)
        {
            // The page was left between two looks.
        }
    }
}
