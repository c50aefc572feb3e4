using KubeLens.Gateway.Redact.Json;

namespace KubeLens.Gateway.Redact.Rules.Paths;

/// <summary>Where the paths of a call's rules stand in a document that is read from its beginning. Not thread-safe; reused.</summary>
internal sealed class PathWalk
{
    private const int FirstDepth = 32;

    private Level[] _levels = new Level[FirstDepth];
    private byte[] _pointer = [];
    private CallRules? _rules;
    private bool _isPatch;

    /// <summary>Whether there is a path to look for.</summary>
    public bool IsOn => _rules is not null;

    public void Begin(CallRules? rules, bool isPatch)
    {
        (_rules, _isPatch) = (rules is { HasPaths: true } ? rules : null, isPatch);
        _levels[0] = default;
    }

    /// <summary>The next value of the object at this depth is that of a member.</summary>
    public void EnterMember(int depth, ReadOnlySpan<byte> name)
    {
        ref var level = ref _levels[depth];
        level.Action = _rules!.Paths.Enter(level.Here, _isPatch ? Patched(name) : name, out level.Next);
    }

    /// <summary>The next value of the array at this depth is this element.</summary>
    public void EnterElement(int depth, int index)
    {
        ref var level = ref _levels[depth];
        level.Action = _rules!.Paths.Enter(level.Here, index, _isPatch, out level.Next);
    }

    /// <summary>The next value at this depth will stand where a JSON pointer says, from the object on.</summary>
    /// <param name="depth">Of the operation.</param>
    /// <param name="raw">The pointer as it stands in the document.</param>
    public void EnterPointer(int depth, ReadOnlySpan<byte> raw)
    {
        ref var level = ref _levels[depth];
        (level.Next, level.Action) = (_rules!.Start, RedactAction.None);
        var pointer = JsonPointer.Read(raw, ref _pointer);
        while (!pointer.IsEmpty)
        {
            var action = _rules.Paths.EnterEither(level.Next, JsonPointer.Next(ref pointer), out var next);
            level.Next = next;
            level.Action = action > level.Action ? action : level.Action;
        }
    }

    /// <summary>What becomes of the next value at this depth.</summary>
    public RedactAction Action(int depth) => _levels[depth].Action;

    /// <summary>Goes into that value.</summary>
    /// <param name="depth">Of what is around it.</param>
    /// <param name="isObject">It is an API object, where paths begin.</param>
    public void Descend(int depth, bool isObject)
    {
        if (depth + 1 == _levels.Length)
        {
            Array.Resize(ref _levels, _levels.Length * 2);
        }

        _levels[depth + 1] = new Level { Here = _levels[depth].Next };
        if (isObject)
        {
            _levels[depth + 1].Here.Add(_rules!.Start);
        }
    }

    /// <summary>A member of managedFields that names the element of a set by its value: <c>{"f:tokens":{"v:\"czNj\"":{}}}</c>.</summary>
    public static bool IsManagedValue(ReadOnlySpan<byte> name) => name.StartsWith("v:"u8) || name.StartsWith("k:"u8);

    // A strategic merge patch: {"$deleteFromPrimitiveList/tokens":["x"]}.
    private static ReadOnlySpan<byte> Patched(ReadOnlySpan<byte> name) => name.StartsWith("$"u8) && name.IndexOf((byte)'/') is > 0 and var slash ? name[(slash + 1)..] : name;

    private struct Level
    {
        public PathStates Here;
        public PathStates Next;
        public RedactAction Action;
    }
}
