using KubeLens.AppHost.Processes;

namespace KubeLens.AppHost.Tests.Processes;

public sealed class RestartBackoffTests
{
    [Fact]
    public void Next_CrashAfterCrash_DoublesUpToTenSeconds()
    {
        var backoff = new RestartBackoff();

        Enumerable.Range(0, 7).Select(_ => backoff.Next(TimeSpan.FromSeconds(59)).TotalSeconds).ShouldBe([0.5, 1, 2, 4, 8, 10, 10]);
    }

    [Fact]
    public void Next_HealthyForAMinute_BeginsAnew()
    {
        var backoff = new RestartBackoff();
        for (var crash = 0; crash < 5; crash++)
        {
            backoff.Next(TimeSpan.Zero);
        }

        backoff.Next(RestartBackoff.Forgiven).ShouldBe(RestartBackoff.First);
        backoff.Next(TimeSpan.Zero).ShouldBe(RestartBackoff.First * 2);
    }
}
