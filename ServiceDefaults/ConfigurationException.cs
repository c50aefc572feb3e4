namespace KubeLens.ServiceDefaults;

/// <summary>The configuration is wrong in a way that only a person can put right, so starting again would not help.</summary>
public class ConfigurationException : Exception
{
    /// <param name="problems">One sentence each: which key or file, what is wrong, what would be right.</param>
    public ConfigurationException(params IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    public ConfigurationException(string problem, Exception? inner)
        : base(problem, inner) => Problems = [problem];

    /// <summary>One sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }
}
