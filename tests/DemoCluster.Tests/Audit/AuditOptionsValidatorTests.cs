using KubeLens.DemoCluster.Audit;

namespace KubeLens.DemoCluster.Tests.Audit;

public sealed class AuditOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreGood() => new AuditOptionsValidator().Validate(null, new AuditOptions()).Succeeded.ShouldBeTrue();

    [Fact]
    public void Validate_AllWrong_NamesEveryKey()
    {
        var failures = new AuditOptionsValidator().Validate(null, new AuditOptions
        {
            WebhookUrl = "ftp://x",
            WebhookTokenFile = "/no/such/file",
            QueueLength = 0,
            BatchEvents = 401,
            BatchWait = TimeSpan.FromSeconds(2),
            SendTimeout = TimeSpan.Zero,
            ShutdownBudget = TimeSpan.FromDays(1),
        }).Failures!.ToList();

        string[] keys = ["WebhookUrl", "WebhookTokenFile", "QueueLength", "BatchEvents", "BatchWait", "SendTimeout", "ShutdownBudget"];
        failures.Select(failure => failure.Split(' ')[0]).ShouldBe(keys.Select(key => $"DemoCluster:Audit:{key}"));
    }
}
