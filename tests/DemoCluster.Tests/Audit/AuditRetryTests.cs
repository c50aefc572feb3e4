using System.Net;
using KubeLens.DemoCluster.Audit;

namespace KubeLens.DemoCluster.Tests.Audit;

public sealed class AuditRetryTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData(401, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(413, false)]
    public void Again_ByStatus(int? status, bool expected) => AuditRetry.Again((HttpStatusCode?)status).ShouldBe(expected);

    [Fact]
    public void Delay_GrowsToItsLimit()
    {
        AuditRetry.Delay(1, 1).ShouldBe(AuditRetry.FirstDelay);
        AuditRetry.Delay(3, 1).ShouldBe(AuditRetry.FirstDelay * 4);
        AuditRetry.Delay(1000, 1).ShouldBe(AuditRetry.LongestDelay);
        AuditRetry.Delay(1, 0).ShouldBe(AuditRetry.FirstDelay * 0.75);
    }
}
