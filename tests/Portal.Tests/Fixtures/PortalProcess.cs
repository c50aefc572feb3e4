using System.Diagnostics;
using System.Text;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>The portal as AppHost starts it: <c>dotnet KubeLens.Portal.dll</c>, from a folder that is not its own, in Production.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PortalProcess(Process process) => _process = process;

    public string Address { get; private set; } = "";

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The assembly that the build of this configuration made.</summary>
    public static string AssemblyPath
    {
        get
        {
            // tests/Portal.Tests/bin/{configuration}/{framework}/
            var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            var root = here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
            return Path.Combine(root, "Portal", "bin", here.Parent.Name, here.Name, "KubeLens.Portal.dll");
        }
    }

    public static async Task<PortalProcess> StartAsync(string home, IReadOnlyDictionary<string, string> settings)
    {
        var portal = Launch(home, settings);
        var first = await Task.WhenAny(portal._address.Task, portal._process.WaitForExitAsync(), Task.Delay(Deadline, TimeProvider.System));
        if (first != portal._address.Task)
        {
            var output = portal.Output;
            await portal.DisposeAsync();
            throw new InvalidOperationException($"The portal did not start:\n{output}");
        }

        portal.Address = await portal._address.Task;
        return portal;
    }

    /// <summary>Runs the portal to its end, for settings it must refuse.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string home, IReadOnlyDictionary<string, string> settings)
    {
        await using var portal = Launch(home, settings);
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        await portal._process.WaitForExitAsync(deadline.Token);
        return (portal._process.ExitCode, portal.Output);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static PortalProcess Launch(string home, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [AssemblyPath]) { WorkingDirectory = home, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var portal = new PortalProcess(new Process { StartInfo = start });
        portal._process.OutputDataReceived += portal.OnLine;
        portal._process.ErrorDataReceived += portal.OnLine;
        portal._process.Start();
        portal._process.BeginOutputReadLine();
        portal._process.BeginErrorReadLine();
        return portal;
    }

    private void OnLine(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }

        const string Listening = "Now listening on: ";
        if (line.Data?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            _address.TrySetResult(line.Data[(at + Listening.Length)..].Trim());
        }
    }
}
