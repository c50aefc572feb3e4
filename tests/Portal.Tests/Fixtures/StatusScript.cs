using KubeLens.Contracts.Health;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>A Store with a part of each health.</summary>
internal static class StatusScript
{
    public static StoreStatus Status(DateTimeOffset now) => new(
        now,
        now.AddHours(-5),
        "1.0.0",
        new(StatusHealth.Ok, "", null, new CallsStatus(now.AddDays(-90), now.AddSeconds(-2), 14)),
        new(StatusHealth.Failing, "It failed, and has not succeeded since.", new StatusFault(now.AddSeconds(-40), "the connection was <b>refused</b>"), new IngestStatus(now.AddSeconds(-41), null, 1_204_881, 9_120, 12, 0, 3)),
        new(StatusHealth.Warning, "Not heard of any more: gw-2.", null, new GatewaysStatus(
        [
            new GatewayStatus("gw-1", 3, "00000000000000a1", now.AddHours(-30), now.AddSeconds(-4), true, now.AddSeconds(-6), now.AddSeconds(-41)),
            new GatewayStatus("gw-2", 1, "00000000000000b1", now.AddDays(-3), now.AddDays(-2), false, null, null),
            new GatewayStatus("gw-3", 1, "00000000000000c1", now.AddDays(-3), null, null, null, now.AddDays(-1)),
        ])),
        new(StatusHealth.Ok, "", null, new SpaceStatus(9_120_000_000, 410_000_000, 1_200_000_000, 2_100_000_000, 4_800_000_000, 190_000_000, 12_000_000, null)),
        new(StatusHealth.Ok, "", new StatusFault(now.AddHours(-2), "over since"), new SealingStatus(true, 2, 2_158, 1, now.AddHours(-2), now.AddHours(-1))),
        new(StatusHealth.Ok, "", null, new RetentionStatus(90, 30, new Dictionary<string, int> { ["long"] = 60 }, null)),
        new(StatusHealth.Unknown, "The database needs longer than 3s to tell.", null, null));
}
