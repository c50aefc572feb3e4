using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Tests.Search;

public sealed class UserShareTests
{
    private static readonly FacetValue Alice = new("alice", 40);

    [Fact]
    public void Of_AllCounted_IsAShare() => UserShare.Of(Alice, Facet(CountQuality.Exact, 0, Alice), Facet(CountQuality.Exact, 0, new FacetValue("alice", 10))).ShouldBe(new UserShare("25 %", "10", 0.25));

    [Fact]
    public void Of_NotAllCounted_IsWhatThereIsAtLeast() => UserShare.Of(Alice, Facet(CountQuality.Exact, 0, Alice), Facet(CountQuality.Newest, 0, new FacetValue("alice", 10))).ShouldBe(new UserShare("10+", "", 0.25));

    [Fact]
    public void Of_UserWhoIsNotTold_HasNoneOrNoMoreThanTheRarestOfThoseWhoAre()
    {
        UserShare.Of(Alice, Facet(CountQuality.Exact, 0, Alice), Facet(CountQuality.Exact, 0, new FacetValue("bob", 9), new FacetValue("carol", 3))).Text.ShouldBe("0");
        UserShare.Of(Alice, Facet(CountQuality.Exact, 0, Alice), Facet(CountQuality.Exact, 7, new FacetValue("bob", 9), new FacetValue("carol", 3))).Text.ShouldBe("≤ 3");
    }

    private static CallFacet Facet(string basis, long others, params FacetValue[] values) => new("user", values, others, 0, new CountQuality(basis, DateTimeOffset.UnixEpoch, others + values.Sum(value => value.Calls)));
}
