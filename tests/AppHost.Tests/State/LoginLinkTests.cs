using System.Security.Cryptography;
using System.Text;
using KubeLens.AppHost.State;
using KubeLens.AppHost.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.AppHost.Tests.State;

public sealed class LoginLinkTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Create_EarlierCodeLeft_OnlyTheNewOneWorks()
    {
        _home.Write("0123", "");

        var link = new LoginLink(_home.Path, 7000).Create();

        link.ShouldStartWith("http://127.0.0.1:7000/login?code=");
        var code = link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];
        code.ShouldMatch("^[a-z2-7]{32}$");
        var file = Directory.GetFiles(_home.Path).ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code))));
        new FileInfo(file).Length.ShouldBe(0);
    }

    [Fact]
    public void Create_CodeOfSomebodyElseThere_Stays()
    {
        _home.Write("0123", "{}");

        _ = new LoginLink(_home.Path, 7000).Create();

        Directory.GetFiles(_home.Path).Length.ShouldBe(2);
        File.Exists(Path.Combine(_home.Path, "0123")).ShouldBeTrue();
    }

    [Fact]
    public async Task Renew_CodeUsed_AnnouncesAnotherOnce()
    {
        var time = new FakeTimeProvider();
        var link = new LoginLink(_home.Path, 7000);
        var first = link.Create();
        var fresh = new List<string>();
        using var stop = new CancellationTokenSource();
        var renewing = link.RenewAsync(fresh.Add, time, stop.Token);

        File.Delete(Directory.GetFiles(_home.Path).Single());
        await Eventually.TrueAsync(() => fresh.Count > 0, () => "no fresh link", () => time.Advance(TimeSpan.FromSeconds(1)));
        time.Advance(TimeSpan.FromSeconds(5));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(renewing);

        fresh.ShouldHaveSingleItem().ShouldStartWith("The login link was used. A fresh one: http://127.0.0.1:7000/login?code=");
        fresh[0].ShouldNotContain(first);
        Directory.GetFiles(_home.Path).ShouldHaveSingleItem();
    }
}
