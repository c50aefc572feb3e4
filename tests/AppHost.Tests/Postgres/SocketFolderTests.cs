using KubeLens.AppHost.Postgres;

namespace KubeLens.AppHost.Tests.Postgres;

public sealed class SocketFolderTests
{
    [Theory]
    [InlineData("/var/lib/kubelens/postgres/run", true)]
    [InlineData("/home/a b/run", false)]
    [InlineData("/home/a,b/run", false)]
    [InlineData("/home/a:b/run", false)]
    public void Fits_Characters_OnlyPlainOnes(string folder, bool fits) => SocketFolder.Fits(folder).ShouldBe(fits);

    [Fact]
    public void Fits_Length_IsTheKernelsLimitInBytes()
    {
        var longest = "/" + new string('x', 107 - "//.s.PGSQL.5432".Length);

        SocketFolder.Fits(longest).ShouldBeTrue();
        SocketFolder.Fits(longest + "x").ShouldBeFalse();
        SocketFolder.Fits(longest[..^1] + "é").ShouldBeFalse();
    }
}
