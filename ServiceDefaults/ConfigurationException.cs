namespace KubeLens.ServiceDefaults;

/// <summary>The configuration is wrong in a way that only a person can put right, so starting again would not help.</summary>
/// <param name="problems">One sentence each: which key or file, what is wrong, what would be right.</param>
public sealed class ConfigurationException(params IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>One sentence each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
