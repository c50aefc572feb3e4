namespace KubeLens.DemoCluster.Pods.Shell;

/// <param name="IsOperator">A quoted <c>"|"</c> is none.</param>
internal readonly record struct ShellWord(string Text, bool IsOperator);
