using KubeLens.Testing;

namespace KubeLens.ServiceDefaults.Tests;

public sealed class ParentWatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_WhenItsStandardInputCloses_StopsInOrder()
    {
        await using var service = Start(watch: "1");
        await service.WaitForLineAsync(line => line.Contains("Application started", StringComparison.Ordinal), Token);

        await service.Input.WriteLineAsync("what a parent writes is of no interest");
        await service.Input.FlushAsync(Token);
        service.HasExited.ShouldBeFalse();
        service.Input.Close();

        (await service.WaitForExitAsync(Token)).ShouldBe(0);
        service.StandardOutput.ShouldContain("The process that started this one is gone");
        service.StandardOutput.ShouldContain("Application is shutting down");
    }

    [Fact]
    public async Task Service_ThatIsNotWatching_OutlivesItsStandardInput()
    {
        await using var service = Start(watch: null);
        await service.WaitForLineAsync(line => line.Contains("Application started", StringComparison.Ordinal), Token);

        service.Input.Close();
        service.Signal(Signals.Terminate);

        // Ended by the signal, and by nothing before it.
        (await service.WaitForExitAsync(Token)).ShouldBe(0);
        service.StandardOutput.ShouldNotContain("The process that started this one is gone");
    }

    private static TestProcess Start(string? watch)
        => TestProcess.Start(new TestCommand(Environment.ProcessPath!, Program.ServiceArgument)
        {
            Environment = new Dictionary<string, string?> { ["KUBELENS_PARENT_WATCH"] = watch, ["OTEL_EXPORTER_OTLP_ENDPOINT"] = null },
        });
}
