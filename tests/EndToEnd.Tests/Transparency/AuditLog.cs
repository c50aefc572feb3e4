using System.Text.Json;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>What the apiserver itself wrote of the calls whose user agent begins with a run's name.</summary>
internal sealed class AuditLog
{
    private readonly string _file;
    private readonly DateTime _since;

    public AuditLog(ClusterAccess cluster)
    {
        Assert.SkipWhen(cluster.AuditLog is null, "The test cluster's audit log is not beside its kubeconfigs.");
        _file = cluster.AuditLog!;
        _since = TimeProvider.System.GetUtcNow().UtcDateTime;
    }

    /// <summary>Its events at their last stage. A log that was turned meanwhile is read too.</summary>
    public async Task<IReadOnlyList<AuditEvent>> ReadAsync(string run, CancellationToken cancellationToken)
    {
        var events = new List<AuditEvent>();
        var pattern = $"{Path.GetFileNameWithoutExtension(_file)}*{Path.GetExtension(_file)}";
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(_file)!, pattern).Where(file => File.GetLastWriteTimeUtc(file) >= _since))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.Contains($"\"userAgent\":\"{run}", StringComparison.Ordinal) && line.Contains("\"stage\":\"ResponseComplete\"", StringComparison.Ordinal) && line.EndsWith('}'))
                {
                    using var json = JsonDocument.Parse(line);
                    events.Add(AuditEvent.Of(json.RootElement));
                }
            }
        }

        return events;
    }

    /// <summary>All of them: they are written a little after the answers, and it has written all when it writes no more.</summary>
    public async Task<IReadOnlyList<AuditEvent>> SettledAsync(string run, CancellationToken cancellationToken)
    {
        IReadOnlyList<AuditEvent> before = [];
        await Eventually.Async(
            async () =>
            {
                var now = await ReadAsync(run, cancellationToken);
                var settled = now.Count > 0 && now.Count == before.Count;
                before = now;
                return settled;
            },
            cancellationToken,
            TimeSpan.FromMinutes(1),
            "the end of the audit log");
        return before;
    }
}
