using KubeLens.Store.Sealing;
using KubeLens.Store.Sealing.Columns;

namespace KubeLens.Store.Search.Conditions;

/// <summary>A text column passes a test.</summary>
internal sealed record TextIs(string Column, TextTest Test) : RowCondition
{
    public override IEnumerable<string> Columns => [Column];

    public override Sql ToSql() => Test.ToSql(Column);

    public override Sql? Chunks() => Test.Kind == TextTestKind.Equal && Test.Value.Length > 0 && ChunkBloom.Columns.Contains(Column) ? Bloom.Has(Column, Test.Value) : null;

    public override bool[] Over(SealedChunk chunk)
    {
        var texts = chunk.Texts(Column);
        var passed = Array.ConvertAll(texts.Distinct, text => Test.Passes(text));
        return Array.ConvertAll(texts.Places, place => passed[place]);
    }
}
