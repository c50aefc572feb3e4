using KubeLens.Store.Database;
using KubeLens.Store.Objects;
using KubeLens.Store.Packing;
using KubeLens.Store.Search.Conditions;
using KubeLens.Store.Sealing.Columns;

namespace KubeLens.Store.Search.Content;

/// <summary>
/// Says of calls whether they meet a query, with what was sent and answered:
/// <code>
/// 1 what the rows decide is decided → 2 bodies of the others, each pack fetched and decompressed once → 3 what is open still: what the call changed
/// </code>
/// </summary>
/// <param name="packs">Have the bodies.</param>
/// <param name="changes">Of this search.</param>
/// <param name="logger">Of what is damaged.</param>
internal sealed class ContentJudge(PackReader packs, ChangeReader changes, ILogger<ContentJudge> logger)
{
    /// <param name="query">Its lookups have their answers.</param>
    /// <param name="rows">Which may meet it, in the order of the search.</param>
    /// <param name="budget">When it is spent, nothing more is opened.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Of the first of them as far as the budget went: of one at least, if there is any.</returns>
    public async Task<IReadOnlyList<bool>> JudgeAsync(CompiledQuery query, IReadOnlyList<Call> rows, ContentBudget budget, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        // 1
        var chunk = SealedChunk.Of(rows);
        var answers = AnswersOf(query.Condition, rows.Count);
        var judged = rows.Count;

        // 2
        if (answers.Keys.Any(term => term is BodyTerm))
        {
            var places = OpenPlaces(query, chunk, answers, _ => false, judged);
            judged = Math.Min(judged, await AskBodiesAsync(places, rows, answers, budget, cancellationToken));
        }

        // 3
        if (answers.Keys.Any(term => term is ChangeTerm))
        {
            var places = OpenPlaces(query, chunk, answers, term => term is BodyTerm, judged);
            judged = Math.Min(judged, await AskChangesAsync(places, rows, answers, budget, cancellationToken));
        }

        return query.Condition.Replace((content, _) => new Known(answers[content.Term])).Over(chunk)[..judged];
    }

    private static Dictionary<ContentTerm, bool[]> AnswersOf(RowCondition condition, int rows)
    {
        var answers = new Dictionary<ContentTerm, bool[]>(ReferenceEqualityComparer.Instance);
        condition.Replace((content, _) =>
        {
            answers.TryAdd(content.Term, new bool[rows]);
            return content;
        });
        return answers;
    }

    // Those that what is known leaves open.
    private static List<int> OpenPlaces(CompiledQuery query, SealedChunk chunk, Dictionary<ContentTerm, bool[]> answers, Func<ContentTerm, bool> isKnown, int most)
    {
        bool[] Bound(bool isMost) => query.Condition.Replace((content, isNegated) =>
            isKnown(content.Term) ? new Known(answers[content.Term]) : isMost != isNegated ? content.Term.Possible : RowCondition.False).Over(chunk);
        var (atMost, atLeast) = (Bound(isMost: true), Bound(isMost: false));
        return [.. Enumerable.Range(0, most).Where(row => atMost[row] && !atLeast[row])];
    }

    /// <summary>How many of the rows have their answers, from the first.</summary>
    private async Task<int> AskBodiesAsync(List<int> places, IReadOnlyList<Call> rows, Dictionary<ContentTerm, bool[]> answers, ContentBudget budget, CancellationToken cancellationToken)
    {
        var packed = places.GroupBy(place => PackWindow.KeyOf(rows[place])).ToList();
        for (var i = 0; i < packed.Count; i++)
        {
            if (i > 0 && budget.IsSpent)
            {
                return packed.Skip(i).Min(pack => pack.First());
            }

            var raw = await ReadPackAsync(rows[packed[i].First()], cancellationToken);
            budget.Spend(raw?.Length ?? 0);
            foreach (var place in packed[i])
            {
                var content = new StoredContent(Read(raw, rows[place]));
                foreach (var (term, found) in answers)
                {
                    found[place] = term is BodyTerm body && body.Found(content);
                }
            }
        }

        return rows.Count;
    }

    /// <inheritdoc cref="AskBodiesAsync"/>
    private async Task<int> AskChangesAsync(List<int> places, IReadOnlyList<Call> rows, Dictionary<ContentTerm, bool[]> answers, ContentBudget budget, CancellationToken cancellationToken)
    {
        foreach (var place in places)
        {
            if (place != places[0] && budget.IsSpent)
            {
                return place;
            }

            var before = changes.BytesRead;
            var known = await changes.ReadAsync(rows[place], cancellationToken);
            budget.Spend(changes.BytesRead - before);
            foreach (var (term, found) in answers)
            {
                if (term is ChangeTerm change)
                {
                    found[place] = known is not null && change.Found(known);
                }
            }
        }

        return rows.Count;
    }

    private StoredCall? Read(byte[]? raw, Call call)
    {
        try
        {
            return raw is null ? null : PackReader.Read(raw, call);
        }
        catch (Exception e) when (e.IsDamage())
        {
            logger.BodiesUnreadable(CallItems.IdOf(call), e.Message);
            return null;
        }
    }

    // What one call has lost must not hide what others hold.
    private async Task<byte[]?> ReadPackAsync(Call call, CancellationToken cancellationToken)
    {
        try
        {
            return await packs.ReadPackAsync(call, cancellationToken);
        }
        catch (Exception e) when (e.IsDamage())
        {
            logger.BodiesUnreadable(CallItems.IdOf(call), e.Message);
            return null;
        }
    }
}
