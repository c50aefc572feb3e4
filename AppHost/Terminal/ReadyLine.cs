namespace KubeLens.AppHost.Terminal;

/// <summary>A line of the ready block.</summary>
/// <param name="Title">At most 10 letters.</param>
/// <param name="Text">An address to open, a command to run, or where something is.</param>
internal sealed record ReadyLine(string Title, string Text);
