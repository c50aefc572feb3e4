using KubeLens.Store.Sealing;
using KubeLens.Store.Sealing.Columns;

namespace KubeLens.Store.Search.Conditions;

/// <summary>A text column passes a test.</summary>
internal sealed record TextIs(string Column, TextTest Test) : RowCondition
{
    public override IEnumerable<string> Columns => [Column];

    public override Sql ToSql() => Test.ToSql(Column);

    public override Sql? Chunks()
    {
        var whole = Test.Kind == TextTestKind.Equal && Test.Value.Length > 0 && ChunkBloom.Columns.Contains(Column) ? Bloom.Has(Column, Test.Value) : null;
        return whole ?? (ChunkSignature.Columns.Contains(Column) ? Signature.HasText(Test.Literals) : null);
    }

    public override bool[] Over(SealedChunk chunk)
    {
        var texts = chunk.Texts(Column);
        if (!Test.MayPass(texts.All.Span))
        {
            return new bool[chunk.Calls];
        }

        var passed = new bool[texts.Ends.Length];
        for (var i = 0; i < passed.Length; i++)
        {
            passed[i] = Test.Passes(texts.At(i));
        }

        return Array.ConvertAll(texts.Places, place => passed[place]);
    }
}
