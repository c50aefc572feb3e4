using System.Security.Cryptography;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Store.InFlight;
using KubeLens.Store.Partitions;

namespace KubeLens.Store.Ingest;

/// <summary>
/// Sorts the records of one request into the batches that they belong to, whatever a Collector on the way split or merged.
/// Calls without a batch id get one made here: stored at least once.
/// </summary>
internal sealed class CallCollector(PartitionPlan plan)
{
    /// <summary>Fails with <see cref="InvalidDataException"/> for what is no <c>ExportLogsServiceRequest</c>.</summary>
    /// <param name="request">As it is encoded. The bodies of the calls lie in it.</param>
    /// <param name="rejections">Gets what is neither a call nor tells of calls in flight.</param>
    public Collected Collect(ReadOnlyMemory<byte> request, Rejections rejections)
    {
        var deliveries = new Dictionary<DeliveryKey, Delivery>();
        var loose = new Dictionary<(string Gateway, string Boot), List<CallRecord>>();
        var open = new OpenCollector();
        foreach (var log in OtlpLog.Of(request))
        {
            if (InFlightLog.IsEvent(log))
            {
                open.Add(log, rejections);
            }
            else if (!CallLogReader.TryRead(log, out var call, out var error))
            {
                rejections.Add($"{log.Path}.{error}");
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

        // One order everywhere, so that two requests cannot wait for each other's ledger rows in a circle.
        return new Collected([.. deliveries.Values.Concat(loose.SelectMany(l => MakeBatches(l.Key, l.Value))).OrderBy(d => d.Key.BatchId).ThenBy(d => d.Key.Day)], open.Delivery);
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
