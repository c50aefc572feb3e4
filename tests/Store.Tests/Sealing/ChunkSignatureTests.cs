using System.Text;
using KubeLens.Store.Database;
using KubeLens.Store.Sealing;
using KubeLens.Store.Sealing.Columns;

namespace KubeLens.Store.Tests.Sealing;

public sealed class ChunkSignatureTests
{
    private static readonly List<Call> Rows = RowsOf(1_000, i => $"Web-{i * 7919 % 1_000}", i => $"/api/v1/namespaces/ns-{i % 40}/pods/wéb-{i}", i => i % 90, i => i % 90 == 3 ? 409 : 200);

    private readonly byte[] _signature = ChunkSignature.Of(Rows);

    [Fact]
    public void Has_ItsOwnCalls_IsTrue()
    {
        ChunkSignature.Has(_signature, Rows).ShouldBeTrue();
        ChunkSignature.Has(_signature, RowsOf(1, _ => "another-one", _ => "", _ => 0, _ => 0)).ShouldBeFalse();
        ChunkSignature.Has([0], Rows).ShouldBeFalse();
    }

    [Theory]
    [InlineData("web-77", true)]
    [InlineData("WEB-", true)]
    [InlineData("ns-39/pods/wéb", true)]
    [InlineData("web", true)] // Too short to say anything.
    [InlineData("", true)]
    [InlineData("checkout-service", false)]
    [InlineData("ns-39/pods/wëb-39", false)]
    public void Probes_OfAText_AreThoseOfATextThatHasIt(string text, bool isThere) => ChunkSignature.ProbesOf(Encoding.UTF8.GetBytes(text)).All(IsSet).ShouldBe(isThere);

    [Fact]
    public void Probes_OfPairs_AreThereForThoseOfOneCallAndSeldomForOthers()
    {
        var pairs = Enumerable.Range(0, 90).Select(user => (User: user, Has: HasStatus(user, 409))).ToList();

        pairs.Single(pair => pair.User == 3).Has.ShouldBeTrue();
        pairs.Count(pair => pair.Has).ShouldBeLessThan(15);
        Enumerable.Range(0, 90).ShouldAllBe(user => user == 3 || HasStatus(user, 200));
    }

    // All else is what rows have that are older than its column.
    private static List<Call> RowsOf(int count, Func<int, string> name, Func<int, string> path, Func<int, long> user, Func<int, long> status)
    {
        long[] Numbers(Func<int, long> value) => [.. Enumerable.Range(0, count).Select(value)];
        string[] Texts(Func<int, string> value) => [.. Enumerable.Range(0, count).Select(value)];
        var chunk = new SealedChunk(1, count, column => ChunkColumns.All[column].Name switch
        {
            "name" => TextCodec.Encode(Texts(name)),
            "path" => TextCodec.Encode(Texts(path)),
            "user_id" => NumberCodec.Encode(Numbers(user)),
            "status" => NumberCodec.Encode(Numbers(status)),
            _ => default,
        });
        return [.. Enumerable.Range(0, count).Select(chunk.Row)];
    }

    private bool HasStatus(int user, int status) => ChunkSignature.ProbesOf(new PairValue(PairPart.User, user), new PairValue(PairPart.Status, status)).All(IsSet);

    private bool IsSet(uint probe) => probe % (_signature.Length * 8L) is var bit && (_signature[bit / 8] & (1 << (int)(bit % 8))) != 0;
}
