using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Api.Errors;

namespace KubeLens.DemoCluster.Pods.Exec;

/// <summary>What is asked of a shell: <c>v1 PodExecOptions</c>.</summary>
internal sealed record ExecQuery(string Container, IReadOnlyList<string> Command, bool Stdin, bool Stdout, bool Stderr, bool Tty)
{
    /// <exception cref="ApiException">400.</exception>
    public static ExecQuery Read(IQueryCollection query, bool isAttach)
    {
        var read = new ExecQuery(
            query["container"].ToString(),
            [.. query["command"].Select(word => word ?? "")],
            Flag(query, "stdin"),
            Flag(query, "stdout"),
            Flag(query, "stderr"),
            Flag(query, "tty"));
        return read switch
        {
            { Stdin: false, Stdout: false, Stderr: false } => throw ApiErrors.BadRequest("you must specify at least 1 of stdin, stdout, stderr"),
            { Command: [] or [""] } when !isAttach => throw ApiErrors.BadRequest("you must specify at least one command for the container"),
            _ => read,
        };
    }

    private static bool Flag(IQueryCollection query, string name) => query[name].ToString() is "true" or "1" or "True" or "t";
}
