using KubeLens.AppHost.Options;
using KubeLens.AppHost.Tests.Support;

namespace KubeLens.AppHost.Tests.Options;

public sealed class KubeconfigSearchTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly List<string> _problems = [];

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Find_OptionGiven_WinsOverVariable()
    {
        var given = _home.Write("given", "");
        var listed = _home.Write("listed", "");

        Find("given", ("KUBECONFIG", listed)).ShouldBe([given]);
        _problems.ShouldBeEmpty();
    }

    [Fact]
    public void Find_VariableIsList_KeepsExistingInOrder()
    {
        var first = _home.Write("first", "");
        var second = _home.Write("second", "");

        Find(null, ("KUBECONFIG", $"{second}:{_home.In("missing")}:first")).ShouldBe([second, first]);
        _problems.ShouldBeEmpty();
    }

    [Fact]
    public void Find_NothingSet_TakesUsersOwn()
    {
        Directory.CreateDirectory(_home.In(".kube"));
        var own = _home.Write(".kube/config", "");

        Find(null).ShouldBe([own]);
    }

    [Fact]
    public void Find_NothingThere_SaysEveryPlaceAndWhatToDo()
    {
        Find(null).ShouldBeEmpty();

        var problem = _problems.ShouldHaveSingleItem();
        problem.ShouldContain("--kubeconfig: not given");
        problem.ShouldContain("$KUBECONFIG: not set");
        problem.ShouldContain($"{_home.In(".kube", "config")} does not exist");
        problem.ShouldContain("dotnet run --project AppHost -- --kubeconfig FILE");
    }

    [Fact]
    public void Find_VariableNamesMissingFiles_SaysEachAndThatTheDefaultWasNotLookedAt()
    {
        Find(null, ("KUBECONFIG", "/nowhere/a:/nowhere/b")).ShouldBeEmpty();

        var problem = _problems.ShouldHaveSingleItem();
        problem.ShouldContain("/nowhere/a does not exist");
        problem.ShouldContain("/nowhere/b does not exist");
        problem.ShouldContain("~/.kube/config: not looked at, because $KUBECONFIG is set");
    }

    [Theory]
    [InlineData("missing", "does not exist")]
    [InlineData(".", "is a folder, not a file")]
    [InlineData("  ", "is empty")]
    public void Find_OptionIsNoFile_NamesOptionAndReason(string option, string reason)
    {
        Find(option).ShouldBeEmpty();

        _problems.ShouldHaveSingleItem().ShouldStartWith("--kubeconfig");
        _problems[0].ShouldContain(reason);
    }

    [Fact]
    public void Find_KubeconfigIsTheIssuedOne_RefusesTheLoop()
    {
        _home.Write("kubeconfig", "");

        Find(null, ("KUBECONFIG", _home.In("kubeconfig"))).ShouldBeEmpty();

        _problems.ShouldHaveSingleItem().ShouldContain("points at the gateway itself");
    }

    private IReadOnlyList<string> Find(string? option, params (string, string)[] variables) =>
        KubeconfigSearch.Find(option, _home.Path, TestSurroundings.Of(_home, false, variables), _problems);
}
