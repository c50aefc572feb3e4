using System.Text.Json;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Identity.Modes;

/// <summary>What the apiserver itself saw, by the audit id that the gateway gave a call.</summary>
internal static class AuditTrail
{
    /// <summary>The call's event; skips the test where the cluster's audit log cannot be read.</summary>
    public static async Task<JsonElement> OfAsync(ClusterAccess cluster, Guid auditId)
    {
        Assert.SkipWhen(cluster.AuditLog is null, "The test cluster's audit log is not beside its kubeconfigs.");
        JsonElement? found = null;
        await Eventually.Async(
            async () => (found = await FindAsync(cluster.AuditLog!, auditId.ToString())) is not null,
            TestContext.Current.CancellationToken,
            what: $"the audit event {auditId}");
        return found!.Value;
    }

    // The log of a long-lived cluster is large: what we look for was written a moment ago.
    private static async Task<JsonElement?> FindAsync(string log, string auditId)
    {
        await using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(-Math.Min(file.Length, 16 * 1024 * 1024), SeekOrigin.End);
        using var reader = new StreamReader(file);
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(auditId, StringComparison.Ordinal) && line.Contains("ResponseComplete", StringComparison.Ordinal) && line.EndsWith('}'))
            {
                return JsonDocument.Parse(line).RootElement;
            }
        }

        return null;
    }
}
