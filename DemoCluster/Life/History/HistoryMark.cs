using System.Globalization;
using KubeLens.DemoCluster.Hosting;
using KubeLens.Gateway;
using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Life.History;

/// <summary>Up to which moment the demo's life has been recorded, kept in a file: a restart plays the same past but records only what is missing.</summary>
internal sealed class HistoryMark(IOptions<DemoClusterOptions> options)
{
    private string Path => System.IO.Path.Combine(options.Value.Home, "recorded-until");

    /// <summary>The beginning of time when nothing was recorded, or the file cannot be made sense of.</summary>
    public DateTimeOffset Read() =>
        File.Exists(Path) && DateTimeOffset.TryParse(File.ReadAllText(Path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var mark) ? mark : DateTimeOffset.MinValue;

    public void Write(DateTimeOffset until) => PrivateFiles.Write(Path, until.ToString("O", CultureInfo.InvariantCulture));
}
