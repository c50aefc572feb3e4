using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Tests.Calls;

public class CallIdTests
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    [Property(MaxTest = 1000)]
    public Property Printed_id_parses_back() => Prop.ForAll(Arb.From(Ids()), id =>
    {
        var text = id.ToString();

        text.Length.ShouldBe(CallId.Length);
        text.ShouldAllBe(c => Alphabet.Contains(c));
        CallId.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(id);
    });

    [Property(MaxTest = 1000)]
    public Property Different_ids_print_differently() => Prop.ForAll(Arb.From(Ids()), Arb.From(Ids()), (a, b) => (a == b).ShouldBe(a.ToString() == b.ToString()));

    [Property(MaxTest = 3000)]
    public Property Whatever_parses_prints_as_itself() => Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.Elements(Alphabet.AsEnumerable()), CallId.Length).Select(c => new string(c))), text =>
    {
        if (CallId.TryParse(text, out var id))
        {
            id.ToString().ShouldBe(text);
        }
    });

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("00000000000000000000")]
    [InlineData("0000000000000000000000")]
    [InlineData("000000000000000000001")]
    [InlineData("00000000000000000000i")]
    [InlineData("00000000000000000000l")]
    [InlineData("A00000000000000000000")]
    [InlineData("-00000000000000000000")]
    [InlineData(" 0000000000000000000 ")]
    [InlineData("00000000000000000000é")]
    public void Rubbish_is_refused(string text)
    {
        CallId.TryParse(text, out var id).ShouldBeFalse();
        id.ShouldBe(default);
    }

    [Fact]
    public void Id_names_the_hour_of_completion()
    {
        var id = CallId.Of(new DateTimeOffset(2026, 9, 8, 10, 59, 59, 999, TimeSpan.Zero), 7, 3);

        id.HourStart.ShouldBe(new DateTimeOffset(2026, 9, 8, 10, 0, 0, TimeSpan.Zero));
        id.ShouldBe(CallId.Of(new DateTimeOffset(2026, 9, 8, 12, 0, 0, TimeSpan.FromHours(2)), 7, 3));
    }

    private static Gen<CallId> Ids() =>
        from hour in Gen.Choose(0, (1 << 24) - 1)
        from batch in ArbMap.Default.GeneratorFor<long>()
        from ordinal in Gen.Choose(0, ushort.MaxValue)
        select new CallId(hour, batch, ordinal);
}
