using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Upstream;

/// <summary>
/// Runs an exec plugin once.
/// <see href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins"/>
/// </summary>
internal sealed class ExecPlugin(KubeconfigUser user, ExecConfig config, KubeconfigCluster cluster, TimeSpan timeout, TimeProvider clock)
{
    private const int MaxOutput = 1 << 20;
    private const int ShownOfErrors = 2048;

    public async Task<UpstreamCredential> RunAsync()
    {
        var path = Locate();
        using var limit = new CancellationTokenSource(timeout, clock);
        using var process = Start(path);
        // The gateway's own input is its parent's life line: a plugin must not read from it.
        process.StandardInput.Close();
        var errors = ReadAsync(process.StandardError, limit.Token);
        try
        {
            var output = await ReadAsync(process.StandardOutput, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0
                ? ExecAnswer.Parse(output, config, user, problem => Problem(problem))
                : throw Problem($"exited with {process.ExitCode}{Shown(await errors)}");
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            throw Problem($"printed no credential within {timeout.TotalSeconds:0.#} s (Cluster:ExecTimeout){(errors.IsCompletedSuccessfully ? Shown(errors.Result) : "")}", e);
        }
        catch (IOException e)
        {
            throw Problem($"could not be read from: {e.Message}", e);
        }
        finally
        {
            Kill(process);
        }
    }

    private Process Start(string path)
    {
        var start = new ProcessStartInfo(path, config.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in config.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment[ExecInfo.Variable] = ExecInfo.Write(config, cluster);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw Problem($"cannot be started: {e.Message}", e);
        }
    }

    // .NET would also look into its own folder and the current one, which nobody expects of a credential's program.
    private string Locate()
    {
        if (Path.IsPathRooted(config.Command))
        {
            return File.Exists(config.Command) ? config.Command : throw Missing("there is no such file");
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, config.Command)).FirstOrDefault(File.Exists)
            ?? throw Missing("is not on PATH");
    }

    private CredentialException Missing(string what) => Problem(what + (config.InstallHint.Length > 0 ? $". {config.InstallHint}" : ""));

    private CredentialException Problem(string problem, Exception? inner = null) =>
        new($"user \"{user.Name}\", exec plugin {config.Command}: {problem}", inner);

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken)) > 0)
        {
            // Beyond the cap it is read on but not kept, so that the plugin does not hang on a full pipe.
            text.Append(buffer, 0, Math.Min(read, MaxOutput - text.Length));
        }

        return text.ToString();
    }

    private static string Shown(string errors)
    {
        var text = errors.Trim();
        return text.Length == 0 ? "" : ": " + (text.Length <= ShownOfErrors ? text : "…" + text[^ShownOfErrors..]);
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in between.
        }
    }
}
