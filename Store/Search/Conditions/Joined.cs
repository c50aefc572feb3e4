using KubeLens.Store.Sealing.Columns;

namespace KubeLens.Store.Search.Conditions;

/// <summary>All of some conditions, or any of them.</summary>
/// <param name="IsAnd">All.</param>
/// <param name="Items">At least one.</param>
internal sealed record Joined(bool IsAnd, IReadOnlyList<RowCondition> Items) : RowCondition
{
    public override IEnumerable<string> Columns => Items.SelectMany(item => item.Columns);

    public override Sql ToSql() => Sql.Join(IsAnd ? "and" : "or", [.. Items.Select(item => item.ToSql())]);

    public override Sql? Chunks()
    {
        var known = Items.Select(item => item.Chunks()).OfType<Sql>().ToList();
        if (!IsAnd)
        {
            return known.Count < Items.Count ? null : Sql.Join("or", known);
        }

        known.AddRange(Pairs());
        return known.Count == 0 ? null : Sql.Join("and", known);
    }

    public override PairSide? Side => !IsAnd && Items.Select(item => item.Side).ToList() is [{ } first, ..] sides && sides.TrueForAll(side => side?.Part == first.Part)
        ? new PairSide(first.Part, [.. sides.SelectMany(side => side!.Values)])
        : null;

    // What two of the conditions ask for has to be there in one call.
    private IEnumerable<Sql> Pairs()
    {
        var sides = Items.Select(item => item.Side).OfType<PairSide>().ToList();
        return sides.SelectMany((one, i) => sides.Skip(i + 1).Select(other => Signature.HasPair(one, other))).OfType<Sql>();
    }

    public override RowCondition Replace(Func<ContentIs, bool, RowCondition> with, bool isNegated = false) => this with { Items = [.. Items.Select(item => item.Replace(with, isNegated))] };

    // What the first leave open is all that the others are asked about.
    public override bool[] Over(SealedChunk chunk)
    {
        var rows = Items[0].Over(chunk);
        foreach (var item in Items.Skip(1))
        {
            if (IsAnd ? !rows.Contains(true) : !rows.Contains(false))
            {
                break;
            }

            var others = item.Over(chunk);
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = IsAnd ? rows[i] && others[i] : rows[i] || others[i];
            }
        }

        return rows;
    }
}

/// <summary>The opposite.</summary>
internal sealed record Negated(RowCondition Item) : RowCondition
{
    public override IEnumerable<string> Columns => Item.Columns;

    public override Sql ToSql() => Item.ToSql().Not();

    public override Sql? Chunks() => null;

    public override bool[] Over(SealedChunk chunk) => [.. Item.Over(chunk).Select(met => !met)];

    public override RowCondition Replace(Func<ContentIs, bool, RowCondition> with, bool isNegated = false) => new Negated(Item.Replace(with, !isNegated));
}
