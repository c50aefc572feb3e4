using KubeLens.Gateway.Spool;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Spool;

public sealed class SpoolLeaseTests : IDisposable
{
    private readonly TempFolder _folder = new("lease");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_FolderInUse_SaysWhichAndWhatToDo()
    {
        await using var first = await TestSpool.OpenAsync(_folder);

        var error = await Should.ThrowAsync<SpoolInUseException>(() => TestSpool.OpenAsync(_folder, options => options.LeaseWait = TimeSpan.FromMilliseconds(200)));

        error.Message.ShouldContain(_folder["spool"]);
        error.Message.ShouldContain("Spool:Folder");
        first.AppendCall(1, "still works"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Open_PredecessorGoesMeanwhile_Succeeds()
    {
        var first = await TestSpool.OpenAsync(_folder);
        first.AppendCall(7, "left behind"u8);

        var opening = TestSpool.OpenAsync(_folder, options => options.LeaseWait = TimeSpan.FromSeconds(20));
        await Task.Delay(150, TestContext.Current.CancellationToken);
        opening.IsCompleted.ShouldBeFalse();
        first.Crash();

        await using var second = await opening;
        second.ReadAll().Single().Sequence.ShouldBe(7);
    }

    [Fact]
    public async Task Open_FolderCannotBeMade_NamesTheKey()
    {
        await File.WriteAllTextAsync(_folder["spool"], "a file", TestContext.Current.CancellationToken);

        var error = await Should.ThrowAsync<IOException>(() => TestSpool.OpenAsync(_folder));

        error.Message.ShouldContain("Spool:Folder");
        error.Message.ShouldContain(_folder["spool"]);
    }
}
