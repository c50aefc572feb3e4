using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Issued;
using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Identity.Issued;

public sealed class IssuedCertificatesTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Issue_NameAndGroups_AreInTheCertificateAndOnThePrivateList()
    {
        var pki = Pki();
        using var certificate = pki.IssueClient("alice", ["dev", "ops"], TimeSpan.FromHours(8), "root (admin)").Load();

        var caller = CallerCertificates.Of(certificate, issued: true, CancellationToken.None);
        caller.Name.ShouldBe("alice");
        caller.Groups.ShouldBe(["dev", "ops"], ignoreOrder: true);
        pki.Current.Issued(certificate, _clock.Now).ShouldBeTrue();
        var entry = Pki().Issued.Read().ShouldHaveSingleItem();
        entry.Serial.ShouldBe(certificate.SerialNumber);
        entry.User.ShouldBe("alice");
        entry.Groups.ShouldBe(["dev", "ops"]);
        entry.IssuedBy.ShouldBe("root (admin)");
        entry.RevokedAt.ShouldBeNull();
        (entry.NotAfter - _clock.Now).ShouldBeInRange(TimeSpan.FromHours(7.9), TimeSpan.FromHours(8));
        _folder.Mode("pki/issued.json").ShouldBe("600");
        File.ReadAllText(_folder["pki/issued.json"]).ShouldNotContain("PRIVATE");
    }

    [Theory]
    [InlineData("", "dev", "user \"\"")]
    [InlineData("system:admin", "dev", "user \"system:admin\"")]
    [InlineData("System:admin", "dev", "user \"System:admin\"")]
    [InlineData("alice", "system:masters", "group \"system:masters\"")]
    [InlineData("alice", "", "group \"\"")]
    [InlineData(" alice", "dev", "user \" alice\"")]
    [InlineData("alice\u2028users: []", "dev", "user \"alice")]
    [InlineData("alice", "dev\n", "group \"dev\n\"")]
    public void Issue_NameOfTheSystemOrThatNobodyCanHave_IsRefusedAndNotListed(string user, string group, string words)
    {
        var pki = Pki();

        Should.Throw<ArgumentException>(() => pki.IssueClient(user, group)).Message.ShouldContain(words);
        pki.Issued.Read().ShouldBeEmpty();
    }

    [Fact]
    public void Issue_TooLongName_IsRefused() => Should.Throw<ArgumentException>(() => Pki().IssueClient(new string('a', 65), "dev"));

    [Fact]
    public void Issue_ListCannotBeWritten_GivesNothingOut()
    {
        var pki = Pki();
        _ = pki.Current;
        Directory.CreateDirectory(_folder["pki/issued.json"]);

        Should.Throw<GatewayPkiException>(() => pki.IssueClient("alice", "dev")).Message.ShouldStartWith(_folder["pki/issued.json"]);
    }

    [Fact]
    public void Revoke_BySerialOrUser_MarksThoseThatStillCount()
    {
        var pki = Pki();
        var first = pki.IssueClient("alice", "dev").Entry;
        pki.IssueClient("alice", "dev");
        pki.IssueClient("bob", "dev");

        pki.Issued.Revoke(entry => entry.Serial == first.Serial).ShouldHaveSingleItem().RevokedAt.ShouldBe(_clock.Now);
        pki.Issued.Revoke(entry => entry.User == "alice").ShouldHaveSingleItem().Serial.ShouldNotBe(first.Serial);
        pki.Issued.Revoke(entry => entry.User == "alice").ShouldBeEmpty();
        pki.Issued.Read().Count(entry => entry.RevokedAt is null).ShouldBe(1);
    }

    [Fact]
    public void List_LongExpired_IsForgotten()
    {
        var pki = Pki();
        pki.IssueClient("alice", ["dev"], TimeSpan.FromHours(1), "a test");
        _clock.Now += TimeSpan.FromDays(31);
        pki.IssueClient("bob", "dev");

        pki.Issued.Read().ShouldHaveSingleItem().User.ShouldBe("bob");
    }

    [Fact]
    public async Task Add_FromManyAtOnce_LosesNone()
    {
        _ = Pki().Current;
        await Parallel.ForEachAsync(Enumerable.Range(0, 16), TestContext.Current.CancellationToken, (i, _) =>
        {
            Pki().IssueClient($"user-{i}", "dev");
            return ValueTask.CompletedTask;
        });

        Pki().Issued.Read().Select(entry => entry.User).Distinct().Count().ShouldBe(16);
    }

    [Fact]
    public void Read_Damaged_NamesTheFileAndWhatToDo()
    {
        _folder.Write("pki/issued.json", "[{");

        Should.Throw<GatewayPkiException>(() => Pki().Issued.Read()).Message.ShouldStartWith($"{_folder["pki/issued.json"]}: is damaged");
    }

    [Fact]
    public void Revocations_ShownBeforeAndAfterTheLook_EndBoth()
    {
        var pki = Pki();
        var (before, after, other) = (pki.IssueClient("alice", "dev").Entry.Serial, pki.IssueClient("alice", "dev").Entry.Serial, pki.IssueClient("bob", "dev").Entry.Serial);
        var revocations = new Revocations(pki.Issued, new TestLog<Revocations>());
        revocations.Look();
        var (shown, stays) = (revocations.Of(before), revocations.Of(other));
        shown.IsCancellationRequested.ShouldBeFalse();
        pki.Issued.Revoke(entry => entry.User == "alice");
        revocations.Look();

        shown.IsCancellationRequested.ShouldBeTrue();
        revocations.Of(after).IsCancellationRequested.ShouldBeTrue();
        stays.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void Revocations_ListGone_KeepWhatWasRevoked()
    {
        var pki = Pki();
        var serial = pki.IssueClient("alice", "dev").Entry.Serial;
        pki.Issued.Revoke(_ => true);
        var revocations = new Revocations(pki.Issued, new TestLog<Revocations>());
        revocations.Look();
        File.Delete(_folder["pki/issued.json"]);
        revocations.Look();

        revocations.Of(serial).IsCancellationRequested.ShouldBeTrue();
    }

    private GatewayPki Pki() => PkiHarness.Pki(_folder.Path, _clock);
}
