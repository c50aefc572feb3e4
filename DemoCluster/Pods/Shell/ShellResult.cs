namespace KubeLens.DemoCluster.Pods.Shell;

/// <summary>What a command printed, and its exit code.</summary>
internal readonly record struct ShellResult(string Output, string Error = "", int Code = 0)
{
    public static ShellResult Fail(string error, int code = 1) => new("", error + "\n", code);
}
