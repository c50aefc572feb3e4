using System.Globalization;

namespace KubeLens.Bench.Corpus;

/// <summary>What every object of the simulated cluster has; <see cref="ObjectJson"/> writes the rest of it by its kind.</summary>
internal sealed class KubeObject
{
    public required string Kind { get; init; }
    public required string ApiVersion { get; init; }
    public required string Resource { get; init; }

    /// <summary>Empty where the kind is of the cluster.</summary>
    public string Namespace { get; init; } = "";

    public required string Name { get; init; }
    public required string Uid { get; init; }
    public required DateTime Created { get; init; }

    /// <summary>Who writes it: the field manager.</summary>
    public required string Manager { get; init; }

    /// <summary>What is different between objects of a kind from the start: spec, image, address.</summary>
    public required int Seed { get; init; }

    public KubeObject? Owner { get; init; }

    /// <summary>The node of a pod, the holder of a lease.</summary>
    public string Host { get; init; } = "";

    /// <summary>Of the last write.</summary>
    public long ResourceVersion { get; set; }

    public int Generation { get; set; } = 1;
    public DateTime Changed { get; set; }

    /// <summary>Counts the writes.</summary>
    public int Writes { get; set; }

    /// <summary>A figure that writes change: replicas, usage, a restart count.</summary>
    public int Level { get; set; }

    public string Group => ApiVersion.Contains('/', StringComparison.Ordinal) ? ApiVersion[..ApiVersion.IndexOf('/', StringComparison.Ordinal)] : "";

    public string Version => ApiVersion[(ApiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary><c>/apis/apps/v1/namespaces/shop/deployments</c></summary>
    public string Collection => $"/{(Group.Length > 0 ? "apis" : "api")}/{ApiVersion}{(Namespace.Length > 0 ? $"/namespaces/{Namespace}" : "")}/{Resource}";

    public string Path => $"{Collection}/{Name}";

    /// <summary>As Kubernetes writes times.</summary>
    public static string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>With microseconds, as in a lease.</summary>
    public static string MicroText(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
