namespace KubeLens.Store.AccessReview;

/// <summary>Uses that are alike.</summary>
internal sealed class AccessCount
{
    /// <summary>Most names that are kept of a day.</summary>
    public const int MaxNames = 64;

    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    public long Calls { get; private set; }

    public DateTime LastAt { get; private set; }

    /// <summary>Of objects, or paths. Empty for calls without one.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>There are names that were not kept.</summary>
    public bool HasMore { get; private set; }

    public void Add(long calls, DateTime lastAt, IEnumerable<string> names, bool hasMore, int most = MaxNames)
    {
        Calls += calls;
        LastAt = lastAt > LastAt ? lastAt : LastAt;
        HasMore |= hasMore;
        foreach (var name in names)
        {
            Add(name, most);
        }
    }

    /// <summary>One call.</summary>
    public void Add(DateTime at, string name)
    {
        Calls++;
        LastAt = at > LastAt ? at : LastAt;
        Add(name, MaxNames);
    }

    private void Add(string name, int most)
    {
        if (_names.Count < most)
        {
            _names.Add(name);
        }
        else
        {
            HasMore |= !_names.Contains(name);
        }
    }
}
