using KubeLens.Bench.Measure;
using KubeLens.Testing;

namespace KubeLens.Bench.Tests.Measure;

public sealed class ProcessUsageTests
{
    [Fact]
    public async Task Of_AProcessWhoseChildWorks_CountsTheChild()
    {
        // The outer shell waits; the inner one works until it is killed.
        await using var process = TestProcess.Start(new TestCommand("/bin/sh", "-c", "/bin/sh -c 'while :; do :; done'; true"));

        await Eventually.Async(() => ProcessUsage.Of(process.Id).CpuSeconds > 0.2, TestContext.Current.CancellationToken);

        ProcessUsage.Of(process.Id).PeakMebibytes.ShouldBeGreaterThan(0.5);
    }
}
