using KubeLens.AppHost.Options;

namespace KubeLens.AppHost.Tests.Options;

public sealed class ConnectionStringCheckTests
{
    private readonly List<string> _problems = [];

    [Theory]
    [InlineData(null)]
    [InlineData("Host=db;Username=u;Password=hidden")]
    [InlineData("Server=/var/run/postgresql;Database=d")]
    public void Check_Readable_KeepsIt(string? value)
    {
        ConnectionStringCheck.Check(value, _problems).ShouldBe(value);
        _problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("postgres://u:hidden@db/kubelens", "looks like a URL")]
    [InlineData("Host", "cannot be read")]
    [InlineData("Password=hidden", "names no Host")]
    [InlineData("", "names no Host")]
    public void Check_Unreadable_SaysWhyWithoutRepeatingSecrets(string value, string reason)
    {
        ConnectionStringCheck.Check(value, _problems);

        var problem = _problems.ShouldHaveSingleItem();
        problem.ShouldStartWith("--connection-string");
        problem.ShouldContain(reason);
        problem.ShouldContain("Host=db");
        problem.ShouldNotContain("hidden");
    }
}
