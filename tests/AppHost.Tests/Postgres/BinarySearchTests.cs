using KubeLens.AppHost.Postgres;
using KubeLens.AppHost.Tests.Support;

namespace KubeLens.AppHost.Tests.Postgres;

public sealed class BinarySearchTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Find_SeveralInstalled_TakesTheNewestSupported()
    {
        Install("15", "15.18");
        Install("17", "17.4");
        Install("19", "19.0");

        (await Search().FindAsync(null, Cancel)).ShouldBe(new PostgresBinaries(_home.In("17", "bin"), 17, "17.4"));
    }

    [Fact]
    public async Task Find_DataOfAnOlderVersion_TakesThatVersion()
    {
        Install("15", "15.18");
        Install("17", "17.4");

        (await Search().FindAsync(15, Cancel)).Major.ShouldBe(15);
    }

    [Fact]
    public async Task Find_DataOfAVersionThatIsGone_SaysWhichAndWhatToDo()
    {
        Install("17", "17.4");

        var problem = await Should.ThrowAsync<AppHostException>(Search().FindAsync(16, Cancel));

        problem.Message.ShouldContain("made by PostgreSQL 16, which is not installed (found: 17.4 in");
        problem.Message.ShouldContain("install PostgreSQL 16");
        problem.Message.ShouldContain("rename that folder");
    }

    [Theory]
    [InlineData("apt-get", "sudo apt-get install -y postgresql")]
    [InlineData("dnf", "sudo dnf install -y postgresql-server")]
    [InlineData("apk", "sudo apk add postgresql16")]
    public async Task Find_NothingAndNoNpm_GivesTheOneInstallCommand(string manager, string command)
    {
        Script(_home.In("path", manager), "exit 0");

        var problem = await Should.ThrowAsync<AppHostException>(Search().FindAsync(null, Cancel));

        problem.Message.ShouldContain($"No PostgreSQL 15 to 18 found");
        problem.Message.ShouldContain(command);
        problem.Message.ShouldContain("--connection-string");
    }

    [Fact]
    public async Task Find_OnPathByLink_FollowsIt()
    {
        Install("16", "16.2");
        Directory.CreateDirectory(_home.In("path"));
        File.CreateSymbolicLink(_home.In("path", "postgres"), _home.In("16", "bin", "postgres"));

        (await (Search(roots: false)).FindAsync(null, Cancel)).Folder.ShouldBe(_home.In("16", "bin"));
    }

    [Theory]
    [InlineData("14.9", "KubeLens needs 15 to 18")]
    [InlineData(null, "must be a folder with the programs postgres and initdb")]
    public async Task Find_GivenFolderIsUnfit_NamesTheVariable(string? version, string reason)
    {
        if (version is not null)
        {
            Install("given", version);
        }

        var problem = await Should.ThrowAsync<AppHostException>(Search(given: _home.In("given", "bin")).FindAsync(null, Cancel));

        problem.Message.ShouldStartWith("KUBELENS_PG_BIN");
        problem.Message.ShouldContain(reason);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private BinarySearch Search(bool roots = true, string? given = null) =>
        new(_home.In("npm"), _ => { }) { Roots = roots ? [_home.Path] : [], SearchPathValue = _home.In("path"), Given = given };

    private void Install(string name, string version)
    {
        Script(_home.In(name, "bin", "postgres"), $"echo 'postgres (PostgreSQL) {version} (test)'");
        Script(_home.In(name, "bin", "initdb"), "exit 0");
    }

    private static void Script(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
