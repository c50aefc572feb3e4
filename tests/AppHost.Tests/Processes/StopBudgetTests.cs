using KubeLens.AppHost.Processes;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.AppHost.Tests.Processes;

public sealed class StopBudgetTests
{
    [Fact]
    public void Share_EachHangs_LeavesHalfToTheNextAndAllToTheLast()
    {
        var time = new FakeTimeProvider();
        var budget = new StopBudget(time);

        budget.Share(last: false).ShouldBe(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));
        budget.Share(last: false).ShouldBe(TimeSpan.FromSeconds(2.5));
        budget.Share(last: true).ShouldBe(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(9));
        budget.Share(last: true).ShouldBe(TimeSpan.Zero);
    }
}
