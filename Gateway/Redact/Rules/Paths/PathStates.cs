using System.Numerics;
using System.Runtime.CompilerServices;

namespace KubeLens.Gateway.Redact.Rules.Paths;

/// <summary>A set of states of a <see cref="PathAutomaton"/>.</summary>
[InlineArray(Words)]
internal struct PathStates
{
    public const int Capacity = Words * 64;

    private const int Words = 4;

    private ulong _first;

    public readonly bool IsEmpty => (this[0] | this[1] | this[2] | this[3]) == 0;

    public void Add(int state) => this[state >> 6] |= 1UL << state;

    public void Add(in PathStates others)
    {
        for (var i = 0; i < Words; i++)
        {
            this[i] |= others[i];
        }
    }

    /// <summary>The next state from <paramref name="from"/> on; -1 when there is none.</summary>
    public readonly int Next(int from)
    {
        for (var word = from >> 6; word < Words; word++)
        {
            var rest = word == from >> 6 ? this[word] & (ulong.MaxValue << from) : this[word];
            if (rest != 0)
            {
                return (word << 6) + BitOperations.TrailingZeroCount(rest);
            }
        }

        return -1;
    }
}
