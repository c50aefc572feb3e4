namespace KubeLens.Gateway.Redact;

/// <summary>How a line of text ends.</summary>
internal enum LineEnd
{
    /// <summary>With a line feed.</summary>
    Feed,

    /// <summary>With a carriage return: a line feed follows, or a terminal goes on with the same text where its edge was.</summary>
    Return,

    /// <summary>Not at all: it was cut, or is the last.</summary>
    Cut,
}
