using System.Text;
using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Tests.Redact;

public sealed class CredentialTextTests
{
    [Theory]
    [InlineData("postgres://user:password@host/db", true)]
    [InlineData("postgres://user:pass/word@host", true)]
    [InlineData("https://0123456789abcdef@host", true)]
    [InlineData("see http://a://b user:password@host", false)]
    [InlineData("http://a://user:password@host", true)]
    [InlineData("http://host:8080/who?mail=a@b.example", false)]
    [InlineData("http://host and postgres://user:password@host", true)]
    public void Contains_AUrl_TellsWhetherACredentialIsInIt(string text, bool expected) => CredentialText.Contains(text).ShouldBe(expected);

    /// <summary>Each of them was once looked at up to the end of the text.</summary>
    [Fact]
    public void Contains_MillionsOfBeginningsOfUrls_EndsAtOnce()
    {
        var text = new byte[24 * 1024 * 1024];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = "://"u8[i % 3];
        }

        CredentialText.Contains(text).ShouldBeFalse();
        CredentialText.MayContain(text).ShouldBeFalse();
    }

    [Fact]
    public void Contains_RandomUrls_AgreesWithLookingAtEachAlone()
    {
        var random = new Random(20261128);
        for (var i = 0; i < 200_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            CredentialText.Contains(text).ShouldBe(text.Length >= 8 && HasUserInfo(text), text);
        }
    }

    private static readonly string[] Pieces = ["://", "@", ":", "/", "?", " ", "80", "host", "0123456789abcdef", "#", "\n"];

    private static bool HasUserInfo(string text) =>
        Enumerable.Range(0, text.Length).Where(at => text.AsSpan(at).StartsWith("://")).Select(at => text[(at + 3)..].Split([' ', '\n'])[0]).Any(HasUser);

    private static bool HasUser(string url)
    {
        var sign = url.LastIndexOf('@');
        if (sign < 0)
        {
            return false;
        }

        var user = url[..sign];
        var colon = user.IndexOf(':', StringComparison.Ordinal);
        var port = colon < 0 ? "" : url[(colon + 1)..];
        var end = port.IndexOfAny(['/', '?', '#', '@']);
        return (sign >= 16 && user.IndexOfAny(['/', '?', '#']) < 0) || (colon >= 0 && (port[end] == '@' || port[..end].Any(c => !char.IsAsciiDigit(c))));
    }
}
