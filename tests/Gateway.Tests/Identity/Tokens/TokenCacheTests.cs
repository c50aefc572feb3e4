using System.Collections.Concurrent;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Tokens;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Identity.Tokens;

public sealed class TokenCacheTests
{
    private readonly ManualClock _clock = new();
    private readonly Verifier _verifier = new();
    private readonly TokenCache _cache;

    public TokenCacheTests() => _cache = new TokenCache(_verifier, _clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_GoodToken_IsAskedOnceIn2Minutes()
    {
        _verifier.Answer = _ => Good();
        var first = await _cache.VerifyAsync("a", Cancel);
        _clock.Now += TimeSpan.FromSeconds(119);
        var second = _cache.VerifyAsync("a", Cancel);

        second.IsCompletedSuccessfully.ShouldBeTrue();
        (await second).ShouldBeSameAs(first);
        _clock.Now += TimeSpan.FromSeconds(1);
        await _cache.VerifyAsync("a", Cancel);
        _verifier.Asked.ShouldBe(["a", "a"]);
    }

    [Theory]
    [InlineData(90, 29, 1)]
    [InlineData(90, 30, 2)]
    [InlineData(60, 0, 2)]
    [InlineData(-10, 0, 2)]
    public async Task Verify_TokenThatEndsSoon_IsAskedAMinuteEarlier(int endsAfter, int again, int asked)
    {
        var end = _clock.Now.AddSeconds(endsAfter);
        _verifier.Answer = _ => Good(end);
        await _cache.VerifyAsync("a", Cancel);
        _clock.Now += TimeSpan.FromSeconds(again);
        await _cache.VerifyAsync("a", Cancel);

        _verifier.Asked.Count.ShouldBe(asked);
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(10, 2)]
    public async Task Verify_BadToken_IsAskedAgainAfter10Seconds(int again, int asked)
    {
        await _cache.VerifyAsync("a", Cancel);
        _clock.Now += TimeSpan.FromSeconds(again);
        (await _cache.VerifyAsync("a", Cancel)).Caller.ShouldBeNull();

        _verifier.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task Verify_ManyAtOnce_ShareOneQuestionThatALeaverDoesNotTakeAway()
    {
        var answer = new TaskCompletionSource<TokenVerdict>();
        _verifier.Waiting = answer.Task;
        using var leaves = new CancellationTokenSource();
        var leaver = _cache.VerifyAsync("a", leaves.Token).AsTask();
        var others = Enumerable.Range(0, 50).Select(_ => _cache.VerifyAsync("a", Cancel).AsTask()).ToList();
        await leaves.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => leaver);
        answer.SetResult(Good());
        (await Task.WhenAll(others)).ShouldAllBe(verdict => verdict.Caller!.Name == "jane");
        _verifier.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Verify_NobodyCanSay_IsNotKept()
    {
        _verifier.Answer = _ => throw new TokenUnverifiedException("away");
        await Should.ThrowAsync<TokenUnverifiedException>(async () => await _cache.VerifyAsync("a", Cancel));
        _verifier.Answer = _ => Good();

        (await _cache.VerifyAsync("a", Cancel)).Caller.ShouldNotBeNull();
    }

    [Fact]
    public async Task Verify_TooManyUnderWay_SaysSoAndRecovers()
    {
        var answer = new TaskCompletionSource<TokenVerdict>();
        _verifier.Waiting = answer.Task;
        var asked = Enumerable.Range(0, TokenCache.MaxUnderWay).Select(i => _cache.VerifyAsync($"t{i}", Cancel).AsTask()).ToList();

        (await Should.ThrowAsync<TokenUnverifiedException>(async () => await _cache.VerifyAsync("one more", Cancel))).Message.ShouldContain("too many");
        var same = _cache.VerifyAsync("t0", Cancel).AsTask();
        answer.SetResult(Good());
        await Task.WhenAll(asked.Append(same));
        _verifier.Waiting = null;
        await Eventually.Async(
            async () =>
            {
                try
                {
                    return (await _cache.VerifyAsync("one more", Cancel)).Problem == "no";
                }
                catch (TokenUnverifiedException)
                {
                    return false;
                }
            },
            Cancel,
            what: "room for another question");
    }

    [Fact]
    public async Task Verify_FloodOfBadTokens_LeavesTheGoodOneKept()
    {
        _verifier.Answer = token => token == "good" ? Good() : TokenVerdict.Refuse("no");
        await _cache.VerifyAsync("good", Cancel);
        for (var i = 0; i < TokenCache.Capacity + 10; i++)
        {
            await _cache.VerifyAsync($"bad {i}", Cancel);
        }

        (await _cache.VerifyAsync("good", Cancel)).Caller.ShouldNotBeNull();
        _verifier.Asked.Count(token => token == "good").ShouldBe(1);
    }

    [Fact]
    public void BoundedCache_Full_LosesTheFirstAndStaysAtItsBound()
    {
        var cache = new BoundedCache<string, int>(2);
        var end = _clock.Now.AddHours(1);
        cache.Set("a", 1, end);
        cache.Set("b", 2, end);
        cache.Set("b", 3, end);
        cache.Set("c", 4, end);

        cache.Count.ShouldBe(2);
        cache.TryGet("a", _clock.Now, out _).ShouldBeFalse();
        cache.TryGet("b", _clock.Now, out var b).ShouldBeTrue();
        b.ShouldBe(3);
    }

    private static TokenVerdict Good(DateTimeOffset? expires = null) => TokenVerdict.Accept(new Caller { Name = "jane", Source = "token-review" }, expires);

    private sealed class Verifier : ITokenVerifier
    {
        public ConcurrentQueue<string> Asked { get; } = new();

        public Func<string, TokenVerdict> Answer { get; set; } = _ => TokenVerdict.Refuse("no");

        public Task<TokenVerdict>? Waiting { get; set; }

        public async Task<TokenVerdict> VerifyAsync(string token, CancellationToken cancellationToken)
        {
            Asked.Enqueue(token);
            return Waiting is { } waiting ? await waiting : Answer(token);
        }
    }
}
