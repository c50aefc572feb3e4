using System.Globalization;
using System.Text;
using KubeLens.Bench.Corpus;
using KubeLens.Bench.Storage;

namespace KubeLens.Bench.Report;

/// <summary>What calls take on disk.</summary>
internal sealed class StorageReport(BenchOptions options, StorageMeasurement measured)
{
    private readonly StringBuilder _text = new();

    public string ToMarkdown()
    {
        Line($"## Bytes a call");
        Line($"");
        Line($"- **{(double)measured.NdjsonBytes / measured.SealedBytes:0.0}×** smaller than the same calls as audit lines, once their hours are sealed (all tables and indexes); {(double)measured.GzipBytes / measured.SealedBytes:0.00}× smaller than those lines through gzip -6");
        Line($"- **{(double)measured.NdjsonBytes / measured.HotBytes:0.0}×** smaller than the same calls as audit lines, as they are stored at once (all tables and indexes); {(double)measured.GzipBytes / measured.HotBytes:0.00}× of those lines through gzip -6");
        Line($"");
        Line($"| Form | bytes a call | against audit lines | against gzip -6 |");
        Line($"|---|--:|--:|--:|");
        Row("audit lines (NDJSON) with headers", measured.NdjsonBytes);
        Row("… of that, bodies", measured.BodyBytes);
        Row("… through gzip -6", measured.GzipBytes);
        Row("stored: rows and their indexes", measured.HotRowBytes);
        Row("stored: headers and bodies in packs", measured.HotPackBytes);
        Row("stored: dictionary, ledger and rollups", measured.OtherBytes);
        Row("stored: all of it", measured.HotBytes);
        Row("sealed: chunks of rows and their indexes", measured.SealedRowBytes);
        Row("sealed: headers and bodies, by object", measured.SealedPackBytes);
        Row("sealed: all of it, dictionary, ledger and rollups included", measured.SealedBytes);
        Line($"");
        Line($"{measured.Calls:#,0} generated calls (seed {options.Seed}), stored by the Store's own ingest into PostgreSQL in batches of {CallCorpus.BatchSize}, as they arrive in `Delivery:BatchWait`, one after the other: {measured.Calls / measured.IngestSeconds:#,0} calls/s. Audit lines are compact `audit.k8s.io/v1` events of level RequestResponse with the headers of both sides, of the same calls in the same run. Stored sizes are those of tables, indexes and TOAST.");
        Line($"");
        Line($"Sealing took {measured.SealingSeconds:0.0} s with a whole processor: {measured.Calls / measured.SealingSeconds:#,0} calls/s. The process, generator included, held {measured.SealingStartBytes / 1048576.0:0} MiB before and {measured.SealingPeakBytes / 1048576.0:0} MiB at most meanwhile.");
        Line($"");
        Line($"The calls are those of a simulated cluster (`bench/Corpus`): {SimulatedCluster.NodeCount} nodes, {SimulatedCluster.PodCount:#,0} pods, {SimulatedCluster.DeploymentCount} deployments, {CallCorpus.CallsPerSecond:0} calls/s. {string.Join(", ", new CallCorpus(options.Seed).Kinds.Select(kind => FormattableString.Invariant($"{kind.Percent} % {kind.Name}")))}. Bodies are whole JSON objects with managed fields, which change from version to version as theirs do: resource versions, times, status, figures; audit-ids are UUIDv7 with random bits, and every fifth call has random trace and span ids.");
        Line($"- {MachineFacts.Read(TimeProvider.System)}");
        return _text.ToString();
    }

    private void Row(string form, long bytes) =>
        Line($"| {form} | {measured.PerCall(bytes):#,0} | 1/{(double)measured.NdjsonBytes / bytes:0.0} | {(double)bytes / measured.GzipBytes:0.00}× |");

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
