using System.Security.Cryptography;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;
using KubeLens.Store.Partitions;

namespace KubeLens.Store.Ingest;

/// <summary>
/// Sorts the records of one request into the batches that they belong to, whatever a Collector on the way split or merged.
/// Calls without a batch id get one made here: stored at least once.
/// </summary>
internal sealed class CallCollector(PartitionPlan plan)
{
    public IReadOnlyList<Delivery> Collect(ExportLogsServiceRequest request, Rejections rejections)
    {
        var deliveries = new Dictionary<DeliveryKey, Delivery>();
        var loose = new Dictionary<(string Gateway, string Boot), List<CallRecord>>();
        for (var r = 0; r < request.ResourceLogs.Count; r++)
        {
            var scopes = request.ResourceLogs[r].ScopeLogs;
            for (var s = 0; s < scopes.Count; s++)
            {
                var records = scopes[s].LogRecords;
                for (var l = 0; l < records.Count; l++)
                {
                    if (InFlightLog.IsEvent(records[l]))
                    {
                        continue; // InFlight/OpenCollector's
                    }

                    if (!CallLogReader.TryRead(records[l], out var call, out var error) || call is null)
                    {
                        rejections.Add($"resource_logs[{r}].scope_logs[{s}].log_records[{l}].{error}");
                    }
                    else if (call.Position is { } position)
                    {
                        var key = new DeliveryKey(position.BatchId, position.BatchDay, call.Gateway, call.Boot, position.BatchSize);
                        if (!deliveries.TryGetValue(key, out var delivery))
                        {
                            deliveries[key] = delivery = new Delivery(key);
                        }

                        delivery.Add(position.Ordinal, call);
                    }
                    else
                    {
                        if (!loose.TryGetValue((call.Gateway, call.Boot), out var calls))
                        {
                            loose[(call.Gateway, call.Boot)] = calls = [];
                        }

                        calls.Add(call);
                    }
                }
            }
        }

        // One order everywhere, so that two requests cannot wait for each other's ledger rows in a circle.
        return [.. deliveries.Values.Concat(loose.SelectMany(l => MakeBatches(l.Key, l.Value))).OrderBy(d => d.Key.BatchId).ThenBy(d => d.Key.Day)];
    }

    private IEnumerable<Delivery> MakeBatches((string Gateway, string Boot) from, List<CallRecord> calls)
    {
        foreach (var chunk in calls.Chunk(CallPosition.MaxBatchSize))
        {
            var delivery = new Delivery(new DeliveryKey(RandomBatchId(), DateOnly.FromDateTime(plan.Now), from.Gateway, from.Boot, chunk.Length));
            for (var i = 0; i < chunk.Length; i++)
            {
                delivery.Add(i, chunk[i]);
            }

            yield return delivery;
        }
    }

    internal static long RandomBatchId() => (BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue) | 1;
}
