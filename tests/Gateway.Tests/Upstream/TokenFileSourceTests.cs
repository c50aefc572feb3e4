using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Tests.Upstream;

public sealed class TokenFileSourceTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly TestLog<TokenFileSource> _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Get_TokenRotates_IsReadAgainAfterAMinute()
    {
        var source = Source(_folder.Write("token", "one\n"));

        (await Token(source)).ShouldBe("Bearer one");
        _folder.Write("token", "two");
        (await Token(source)).ShouldBe("Bearer one");
        _clock.Now += TimeSpan.FromMinutes(1);
        (await Token(source)).ShouldBe("Bearer two");
    }

    [Fact]
    public async Task Reject_TokenRotatedMeanwhile_IsReadAtOnce()
    {
        var source = Source(_folder.Write("token", "one"));
        var first = await source.GetAsync(TestContext.Current.CancellationToken);
        _folder.Write("token", "two");

        source.Reject(first);

        (await Token(source)).ShouldBe("Bearer two");
    }

    [Fact]
    public async Task Get_FileGoesLater_LastTokenStays()
    {
        var source = Source(_folder.Write("token", "one"));
        await Token(source);
        File.Delete(_folder["token"]);
        _clock.Now += TimeSpan.FromMinutes(2);

        (await Token(source)).ShouldBe("Bearer one");
        _log.Lines.ShouldHaveSingleItem().Text.ShouldContain(_folder["token"]);
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("", "is empty")]
    [InlineData("a\nb", "more than one line")]
    public async Task Get_UnusableFromTheStart_SaysWhy(string? content, string problem)
    {
        if (content is not null)
        {
            _folder.Write("token", content);
        }

        var error = await Should.ThrowAsync<CredentialException>(() => Token(Source(_folder["token"])));

        error.Message.ShouldContain("user \"u\", field tokenFile: " + _folder["token"]);
        error.Message.ShouldContain(problem);
    }

    private static async Task<string?> Token(TokenFileSource source)
    {
        var pending = source.GetAsync(TestContext.Current.CancellationToken);
        pending.IsCompleted.ShouldBeTrue();
        return (await pending).Authorization;
    }

    private TokenFileSource Source(string path) => new(new KubeconfigUser { Name = "u", TokenFile = path }, _clock, _log);
}
