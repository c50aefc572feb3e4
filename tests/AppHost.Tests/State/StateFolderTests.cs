using KubeLens.AppHost.Linux;
using KubeLens.AppHost.State;
using KubeLens.AppHost.Tests.Support;

namespace KubeLens.AppHost.Tests.State;

public sealed class StateFolderTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Create_Twice_KeepsSecretsPrivateAndTheSame()
    {
        var state = new StateFolder(_home.Path);
        state.Create();
        string[] secrets = [state.ApiToken, state.ServiceToken, state.StoreKey];
        var first = secrets.Select(File.ReadAllText).ToList();

        File.SetUnixFileMode(state.ApiToken, PrivatePath.SecretMode | UnixFileMode.OtherRead);
        state.Create();

        secrets.Select(File.ReadAllText).ShouldBe(first);
        secrets.Select(File.GetUnixFileMode).ShouldAllBe(mode => mode == PrivatePath.SecretMode);
        first.Distinct().Count().ShouldBe(3);
        first.ShouldAllBe(secret => secret.Trim().Length == 43); // 256 bits of base64url
        foreach (var folder in new[] { state.Login, state.Spool, state.PortalKeys, _home.In("pki") })
        {
            File.GetUnixFileMode(folder).ShouldBe(PrivatePath.FolderMode);
        }
    }

    [Fact]
    public void SecretFile_EmptyFile_CountsAsNone()
    {
        var path = _home.Write("secret", "\n");

        SecretFile.Read(path).ShouldBeNull();
        SecretFile.ReadOrCreate(path).Length.ShouldBe(43);
        Directory.GetFiles(_home.Path).ShouldBe([path]); // no temporary file left
    }

    [Fact]
    public void IsForeign_Folder_OnlyWithThingsOfOthers()
    {
        StateFolder.IsForeign(_home.In("none")).ShouldBeFalse();
        StateFolder.IsForeign(_home.Path).ShouldBeFalse();
        _home.Write("thesis.txt", "");
        StateFolder.IsForeign(_home.Path).ShouldBeTrue();
        using var taken = HomeLock.TryTake(_home.Path);
        StateFolder.IsForeign(_home.Path).ShouldBeFalse();
    }

    [Fact]
    public void HomeLock_HeldThenLetGo_CanBeTakenAgain()
    {
        HomeLock.IsHeld(_home.Path).ShouldBeFalse();
        using (HomeLock.TryTake(_home.Path).ShouldNotBeNull())
        {
            HomeLock.IsHeld(_home.Path).ShouldBeTrue();
            HomeLock.TryTake(_home.Path).ShouldBeNull();
        }

        HomeLock.IsHeld(_home.Path).ShouldBeFalse();
        using var again = HomeLock.TryTake(_home.Path).ShouldNotBeNull();
    }
}
