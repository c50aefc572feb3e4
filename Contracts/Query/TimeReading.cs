namespace KubeLens.Contracts.Query;

/// <summary>A time, or the code of what is wrong with it (then <see cref="Problem"/> continues a sentence that begins with the text).</summary>
internal readonly record struct TimeReading(DateTimeOffset Time, string Code, string Problem, string Fix)
{
    public TimeReading(DateTimeOffset time) : this(time, "", "", "")
    {
    }

    public TimeReading(string code, string problem, string fix) : this(default, code, problem, fix)
    {
    }
}
