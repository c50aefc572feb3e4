using System.Runtime.CompilerServices;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Notes;
using KubeLens.Store.Tests.Sealing;

namespace KubeLens.Store.Tests.Notes;

/// <summary>Notes on some of the calls of a test, for a naive reading of queries to know of.</summary>
internal static class RandomNotes
{
    private const int EveryHowMany = 6;

    // By the call itself: other tests have calls that are equal.
    private static readonly ConditionalWeakTable<CallRecord, NoteItem> Written = [];

    public static bool Has(CallRecord call) => Written.TryGetValue(call, out _);

    public static async Task WriteAsync(TestStore store, IReadOnlyList<CallRecord> calls, CancellationToken cancellationToken)
    {
        using var client = NotesClient.Of(store);
        for (var i = 0; i < calls.Count; i += EveryHowMany)
        {
            Written.Add(calls[i], await client.WriteAsync(SealedStore.IdOf(calls[i]), $"note {i}", cancellationToken));
        }
    }
}
