using System.Diagnostics;
using KubeLens.Bench.Load;
using KubeLens.Bench.Pki;

namespace KubeLens.Bench.Peers;

/// <summary>nginx with Lua, as people do it who want headers and bodies in a log file.</summary>
internal sealed class NginxPeer : IPeer
{
    private readonly PeerProcess _process;
    private readonly string _log;
    private long _logged;

    private NginxPeer(PeerProcess process, Endpoint endpoint, string log, string version, int workers)
    {
        _process = process;
        _log = log;
        Endpoint = endpoint;
        Description = $"{version} with libnginx-mod-http-lua, {workers} worker{(workers == 1 ? "" : "s")}: headers and bodies of request and response as JSON lines in a file, buffered by 64 KiB, not compressed, not redacted, not delivered anywhere";
    }

    public string Name => "nginx";

    public string Description { get; }

    public Endpoint Endpoint { get; }

    public int? ProcessId => _process.Id;

    public static async Task<NginxPeer> StartAsync(string folder, Uri upstream, BenchPki pki, int workers, TimeProvider time, CancellationToken cancellationToken)
    {
        var program = NginxConfiguration.FindProgram();
        Directory.CreateDirectory(folder);
        var endpoint = new Endpoint(new Uri($"https://127.0.0.1:{PeerProcess.FreePort()}"), pki.Authority, pki.Client);
        var configuration = Path.Combine(folder, "nginx.conf");
        var log = Path.Combine(folder, "calls.log");
        await File.WriteAllTextAsync(configuration, NginxConfiguration.Text(folder, log, upstream, endpoint.Address, pki, workers), cancellationToken);

        var process = PeerProcess.Start([program, "-p", folder, "-c", configuration, "-e", "stderr"], Path.Combine(folder, "error.log"), new Dictionary<string, string>());
        var peer = new NginxPeer(process, endpoint, log, await VersionAsync(program, cancellationToken), workers);
        using var probe = new Loader(LoadShape.SingleStream, endpoint, time);
        await process.WaitUntilAsync("The start of nginx", () => probe.ConnectAsync(cancellationToken), cancellationToken);
        peer._logged = -1;
        return peer;
    }

    public Task DrainAsync(long answered, CancellationToken cancellationToken)
        => _process.WaitUntilAsync("The last line of nginx's log", async () => await CountAsync(answered, cancellationToken), cancellationToken);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task CountAsync(long answered, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(_log, cancellationToken);
        if (_logged + lines.Length < answered)
        {
            throw new BenchException($"{_logged + lines.Length} calls are in the log, {answered} were answered.");
        }

        if (!lines[^1].Contains("Accept: application/json", StringComparison.OrdinalIgnoreCase) || !lines[^1].Contains("feature.flag19=enabled", StringComparison.Ordinal))
        {
            throw new BenchException($"The log has no headers or no body: {lines[^1]}");
        }

        // nginx appends: an empty file is what it goes on with.
        _logged += lines.Length;
        await using var file = new FileStream(_log, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite);
    }

    private static async Task<string> VersionAsync(string program, CancellationToken cancellationToken)
    {
        // nginx version: nginx/1.22.1
        using var process = Process.Start(new ProcessStartInfo(program, ["-v"]) { RedirectStandardError = true })!;
        var text = await process.StandardError.ReadToEndAsync(cancellationToken);
        return text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().Replace('/', ' ');
    }
}
