namespace KubeLens.AppHost.Tests.Support;

/// <summary>Waits for what is bound to happen, generously.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<bool> condition, Func<string> explain, Action? meanwhile = null, TimeSpan? deadline = null)
    {
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        while (!condition())
        {
            time.GetElapsedTime(began).ShouldBeLessThan(deadline ?? Deadline, explain());
            meanwhile?.Invoke();
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public static Task ContainsAsync(CapturedOutput output, string text) => TrueAsync(() => output.Text.Contains(text, StringComparison.Ordinal), () => $"no '{text}' in:\n{output.Text}");
}
