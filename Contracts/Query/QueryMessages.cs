namespace KubeLens.Contracts.Query;

/// <summary>Collects the messages of one parse; each fix is the whole text with one span replaced.</summary>
internal sealed class QueryMessages(string text)
{
    /// <summary>Of errors, and of warnings: more would not help anybody, and each carries a copy of the text.</summary>
    private const int Most = 16;

    private readonly List<QueryMessage> _messages = [];

    public bool HasErrors { get; private set; }

    /// <summary>Nothing more is wanted: after an error that makes the rest unreadable, or enough of them. Warnings never end a parse.</summary>
    public bool Closed { get; private set; }

    public void Add(string code, int column, int length, string problem, string fix = "")
    {
        var message = new QueryMessage(code, "q", column, Math.Max(length, 1), problem, fix);
        var same = _messages.Count(m => m.IsError == message.IsError);
        if (Closed || same == Most)
        {
            return;
        }

        _messages.Add(message);
        if (message.IsError)
        {
            HasErrors = true;
            Closed = same + 1 == Most;
        }
    }

    public void AddLast(string code, int column, int length, string problem, string fix = "")
    {
        Add(code, column, length, problem, fix);
        Closed = true;
    }

    /// <summary>The text with a span replaced.</summary>
    public string Replaced(int start, int end, string by) => string.Concat(text.AsSpan(0, start), by, text.AsSpan(end)).Trim();

    public IReadOnlyList<QueryMessage> InOrder() => [.. _messages.OrderBy(m => m.Column)];
}
