using System.Net;
using KubeLens.Gateway.Delivery;

namespace KubeLens.Gateway.Tests.Delivery;

public sealed class DeliveryRetryTests
{
    [Theory]
    [InlineData(200, "Accepted")]
    [InlineData(202, "Accepted")]
    [InlineData(0, "Retry")]
    [InlineData(429, "Retry")]
    [InlineData(502, "Retry")]
    [InlineData(503, "Retry")]
    [InlineData(504, "Retry")]
    [InlineData(408, "Retry")]
    [InlineData(401, "Retry")]
    [InlineData(403, "Retry")]
    [InlineData(400, "SetAside")]
    [InlineData(404, "SetAside")]
    [InlineData(413, "SetAside")]
    [InlineData(415, "SetAside")]
    public void Judge_Status_HoldsHoweverOftenItWasTried(int status, string verdict)
    {
        foreach (var attempt in new[] { 1, 2, 1_000_000 })
        {
            DeliveryRetry.Judge(status == 0 ? null : (HttpStatusCode)status, attempt).ShouldBe(Enum.Parse<DeliveryVerdict>(verdict));
        }
    }

    [Theory]
    [InlineData(302)]
    [InlineData(500)]
    [InlineData(501)]
    public void Judge_DoubtfulStatus_IsRetriedForAWhile(int status)
    {
        DeliveryRetry.Judge((HttpStatusCode)status, 1).ShouldBe(DeliveryVerdict.Retry);
        DeliveryRetry.Judge((HttpStatusCode)status, DeliveryRetry.DoubtfulAttempts - 1).ShouldBe(DeliveryVerdict.Retry);
        DeliveryRetry.Judge((HttpStatusCode)status, DeliveryRetry.DoubtfulAttempts).ShouldBe(DeliveryVerdict.SetAside);
    }

    [Fact]
    public void Delay_WithoutAWish_DoublesUpToFiveSeconds()
    {
        var longest = Enumerable.Range(1, 8).Select(attempt => DeliveryRetry.Delay(attempt, null, 1).TotalMilliseconds);
        longest.ShouldBe([200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
        DeliveryRetry.Delay(int.MaxValue, null, 1).ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Delay_Jitter_SpreadsOverAQuarter()
    {
        DeliveryRetry.Delay(1, null, 0).ShouldBe(TimeSpan.FromMilliseconds(150));
        DeliveryRetry.Delay(9, null, 0).ShouldBe(TimeSpan.FromMilliseconds(3750));
    }

    [Fact]
    public void Delay_WithAWish_IsNeverShorterAndNeverEndless()
    {
        DeliveryRetry.Delay(1, TimeSpan.FromSeconds(7), 0).ShouldBe(TimeSpan.FromSeconds(7));
        DeliveryRetry.Delay(1, TimeSpan.FromSeconds(7), 1).ShouldBe(TimeSpan.FromSeconds(7.2));
        DeliveryRetry.Delay(1, TimeSpan.FromDays(30), 0).ShouldBe(TimeSpan.FromMinutes(5));
        DeliveryRetry.Delay(1, TimeSpan.FromSeconds(-3), 1).ShouldBe(TimeSpan.FromMilliseconds(200));
    }
}
