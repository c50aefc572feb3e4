using System.Text;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Tests.Search;

public sealed class UserPathTests
{
    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("system:serviceaccount:prod:ci", "system:serviceaccount:prod:ci")]
    [InlineData("alice@example.com", "alice@example.com")]
    [InlineData("https://issuer.example/#ann", "https:~2F~2Fissuer.example~2F~23ann")]
    [InlineData("..", "~2E.")]
    [InlineData("100% ~2F", "100~25~20~7E2F")]
    [InlineData("žofie", "~C5~BEofie")]
    public void Encode_Name_IsOneSegmentAndComesBack(string user, string path)
    {
        UserPath.Encode(user).ShouldBe(path);
        UserPath.Decode(path).ShouldBe(user);
    }

    [Theory]
    [InlineData("a~", "a~")]
    [InlineData("a~2", "a~2")]
    [InlineData("a~zz", "a~zz")]
    [InlineData("a~+1b", "a~+1b")]
    [InlineData("žofie", "žofie")]
    public void Decode_WhatNobodyEncoded_StandsForItself(string path, string user) => UserPath.Decode(path).ShouldBe(user);

    [Fact]
    public void Encode_AnyText_ComesBackFromWhatNeedsNoEscape()
    {
        var random = new Random(20_260_908);
        for (var i = 0; i < 2_000; i++)
        {
            var user = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => new Rune(random.Next(1, 0xD800)).ToString()));
            var path = UserPath.Encode(user);
            UserPath.Decode(path).ShouldBe(user);
            path.ShouldMatch("^[A-Za-z0-9_@:~-][A-Za-z0-9_.@:~-]*$");
        }
    }
}
