namespace KubeLens.Gateway.Redact.Rules.Paths;

/// <summary>
/// The paths of all rules as one automaton: a state is a step that waits for its member. Immutable; where a document stands is
/// a <see cref="PathStates"/>.
/// </summary>
internal sealed class PathAutomaton
{
    private readonly List<(PathStep Step, RedactAction Accepts)> _states = [];

    /// <summary>Adds a path.</summary>
    /// <returns>The state at its beginning; -1 when <see cref="PathStates.Capacity"/> is reached.</returns>
    public int Add(IReadOnlyList<PathStep> path, RedactAction action)
    {
        if (_states.Count + path.Count > PathStates.Capacity)
        {
            return -1;
        }

        var first = _states.Count;
        for (var i = 0; i < path.Count; i++)
        {
            _states.Add((path[i], i == path.Count - 1 ? action : RedactAction.None));
        }

        return first;
    }

    /// <summary>Into a member.</summary>
    /// <param name="from">Where the object stands.</param>
    /// <param name="name">Without escapes.</param>
    /// <param name="to">Receives where its value stands.</param>
    /// <returns>What becomes of the value.</returns>
    public RedactAction Enter(in PathStates from, ReadOnlySpan<byte> name, out PathStates to)
    {
        to = default;
        var action = RedactAction.None;
        for (var state = from.Next(0); state >= 0; state = Following(from, state))
        {
            Take(state, _states[state].Step.MatchesName(name), ref to, ref action);
        }

        return action;
    }

    /// <summary>Into an element.</summary>
    /// <inheritdoc cref="PathStep.MatchesIndex" path="/param"/>
    public RedactAction Enter(in PathStates from, int index, bool isAnyPlace, out PathStates to)
    {
        to = default;
        var action = RedactAction.None;
        for (var state = from.Next(0); state >= 0; state = Following(from, state))
        {
            Take(state, _states[state].Step.MatchesIndex(index, isAnyPlace), ref to, ref action);
        }

        return action;
    }

    /// <summary>Along a segment of a JSON pointer, which may be a member or an element.</summary>
    public RedactAction EnterEither(in PathStates from, ReadOnlySpan<byte> segment, out PathStates to)
    {
        var action = Enter(from, segment, out to);
        if (segment.SequenceEqual("-"u8) || segment.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            var other = Enter(from, 0, isAnyPlace: true, out var elements);
            to.Add(elements);
            action = other > action ? other : action;
        }

        return action;
    }

    private static int Following(in PathStates states, int state) => state + 1 < PathStates.Capacity ? states.Next(state + 1) : -1;

    private void Take(int state, bool matches, ref PathStates to, ref RedactAction action)
    {
        var (step, accepts) = _states[state];
        if (step.Descends)
        {
            to.Add(state);
        }

        if (!matches)
        {
            return;
        }

        if (accepts == RedactAction.None)
        {
            to.Add(state + 1);
        }
        else if (accepts > action)
        {
            action = accepts;
        }
    }
}
