using KubeLens.Gateway.Spool;

namespace KubeLens.Gateway.Tests.Spool;

public sealed class SpoolOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_NeedOnlyAFolder()
    {
        var validator = new SpoolOptionsValidator();

        validator.Validate(null, new SpoolOptions()).Failures.ShouldHaveSingleItem().ShouldContain("Spool:Folder");
        validator.Validate(null, new SpoolOptions { Folder = "somewhere" }).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void Validate_EverythingWrong_NamesEveryKey()
    {
        var failures = new SpoolOptionsValidator().Validate(null, new SpoolOptions
        {
            SegmentBytes = 5,
            Fsync = (FsyncPolicy)9,
            FsyncInterval = TimeSpan.Zero,
            LeaseWait = TimeSpan.FromSeconds(-1),
            OnPressure = (PressurePolicy)9,
        }).Failures!.ToList();

        string[] keys = ["Spool:Folder", "Spool:SegmentBytes", "Spool:Fsync ", "Spool:FsyncInterval", "Spool:LeaseWait", "Capture:OnPressure"];
        failures.Count.ShouldBe(keys.Length);
        keys.ShouldAllBe(key => failures.Any(failure => failure.StartsWith(key, StringComparison.Ordinal)));
    }

    [Fact]
    public void Validate_LimitBelowSixSegments_SaysHowMuchIsNeeded() =>
        new SpoolOptionsValidator().Validate(null, new SpoolOptions { Folder = "x", MaxBytes = 1024 }).Failures.ShouldHaveSingleItem().ShouldContain("100663296");
}
