using KubeLens.AppHost.Linux;
using KubeLens.Testing;

namespace KubeLens.AppHost.Tests.Linux;

public sealed class SearchPathTests : IDisposable
{
    private readonly TempFolder _folder = new("path");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_LinkToNowhere_IsPassedOver()
    {
        File.CreateSymbolicLink(_folder["gone"], _folder["was-here-once"]);

        SearchPath.Find("gone", _folder.Path).ShouldBeNull();
    }

    [Fact]
    public void Find_LinksInACircle_IsPassedOver()
    {
        File.CreateSymbolicLink(_folder["one"], _folder["two"]);
        File.CreateSymbolicLink(_folder["two"], _folder["one"]);

        SearchPath.Find("one", _folder.Path).ShouldBeNull();
    }

    [Fact]
    public void Find_LinkToAProgram_IsFound()
    {
        File.CreateSymbolicLink(_folder["shell"], "/bin/sh");

        SearchPath.Find("shell", _folder.Path).ShouldBe(_folder["shell"]);
    }

    [Fact]
    public void Find_FileThatNobodyMayExecute_IsPassedOver()
    {
        File.WriteAllText(_folder["text"], "");

        SearchPath.Find("text", _folder.Path).ShouldBeNull();
    }
}
