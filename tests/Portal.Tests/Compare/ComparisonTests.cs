using KubeLens.Contracts.Search;
using KubeLens.Portal.Compare;

namespace KubeLens.Portal.Tests.Compare;

public sealed class ComparisonTests
{
    private static CallFacet Facet(string field, long all, params (string Value, long Calls)[] values)
        => new(field, [.. values.Select(value => new FacetValue(value.Value, value.Calls))], 0, all - values.Sum(value => value.Calls), new CountQuality(CountQuality.Exact, default, all));

    private static CallFacets Facets(params CallFacet[] facets) => new(facets);

    [Fact]
    public void Fields_ThatDiffer_AreRankedWithWhatWasCounted()
    {
        var comparison = Comparison.Of("ns:prod", Facets(Facet("verb", 100, ("get", 80), ("delete", 20)), Facet("user", 100, ("mallory", 90), ("alice", 10)), Facet("ns", 100, ("prod", 100)), Facet("cluster", 100, ("dev", 100))),
        [
            Facets(Facet("verb", 400, ("get", 390), ("list", 10)), Facet("user", 400, ("alice", 400)), Facet("ns", 900, ("prod", 400)), Facet("cluster", 400, ("dev", 400))),
            Facets(Facet("verb", 600, ("get", 580), ("delete", 20)), Facet("user", 600, ("alice", 597), ("mallory", 3)), Facet("ns", 700, ("prod", 600)), Facet("cluster", 600, ("dev", 600))),
        ]);
        comparison.Fields.Select(field => field.Field).ShouldBe(["user", "verb"]);
        comparison.Fields[0].Values.Select(value => (value.Value, value.Here.Most, value.Rest.Most)).ShouldBe([("mallory", 90, 3), ("alice", 10, 997)], ignoreOrder: true);
        comparison.Fields[0].Shift.ShouldBe(0.897, 0.0001);
        comparison.Fields[1].Values.Select(value => (value.Value, value.Here.Most, value.Rest.Most)).ShouldBe([("delete", 20, 20), ("get", 80, 970)]);
        comparison.Alike.ShouldBe(["cluster"]);
        comparison.Limited.ShouldBe(["ns"]);
        (comparison.HereCalls, comparison.RestCalls).ShouldBe((100, 1000));
    }

    [Theory]
    // A tenth of a hundred beside a twentieth may be chance; of ten thousand it is not.
    [InlineData(100, 1000, false)]
    [InlineData(10_000, 100_000, true)]
    [InlineData(0, 1000, false)]
    [InlineData(1000, 0, false)]
    public void Value_OfFewCalls_MayDifferByChance(long here, long rest, bool isTold)
        => Comparison.Of("", Facets(Facet("verb", here, ("get", here / 10))), [Facets(Facet("verb", rest, ("get", rest / 20)))]).Fields.Any().ShouldBe(isTold);

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Value_OfNextToNoCalls_IsNotTold(long here, bool isTold)
        => Comparison.Of("", Facets(Facet("client", 600, ("kubectl edit", here))), [Facets(Facet("client", 4400, ("other", 2000)))]).Fields.SelectMany(field => field.Values).Any(value => value.Value == "kubectl edit").ShouldBe(isTold);

    [Fact]
    public void Value_NotAmongTheMostFrequent_IsNoMoreThanItMayBe()
    {
        // "b" may have up to 40 of the rest: 40 % here beside 4 % there is told as the least that it is.
        var rest = new CallFacet("user", [new("a", 900), new("c", 40)], 60, 0, new CountQuality(CountQuality.Newest, default, 1000));
        var value = Comparison.Of("", Facets(Facet("user", 100, ("a", 60), ("b", 40))), [Facets(rest)]).Fields.ShouldHaveSingleItem().Values.Single(value => value.Value == "b");
        value.Rest.ShouldBe(new ValueCount(0, 40, 1000));
        value.Shift.ShouldBe(0.36, 0.0001);
    }

    [Fact]
    public void Calls_WithoutAValue_AreAValueToo()
    {
        var values = Comparison.Of("", Facets(Facet("ns", 100)), [Facets(Facet("ns", 100, ("prod", 100)))]).Fields.ShouldHaveSingleItem().Values;
        values.Select(value => (value.Value, value.Here.Most, value.Rest.Most)).ShouldBe([("", 100, 0), ("prod", 0, 100)]);
    }
}
