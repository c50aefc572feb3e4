using System.Text.Json;
using KubeLens.Contracts.Search;
using KubeLens.Store.Tests.Counts;

namespace KubeLens.Store.Tests.Commands;

/// <summary>Asks a Store for runs of commands.</summary>
internal static class CommandStore
{
    public static async Task<CommandPage> CommandsAsync(this TestStore store, string query, CancellationToken cancellationToken, string from = "now-30d", string to = "now+30d", int limit = 100, string? cursor = null)
    {
        using var response = await store.Auditor.GetAsync($"/api/v1/commands?q={Uri.EscapeDataString(query)}&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}&limit={limit}&cursor={cursor}", cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue($"q={query}: {body}");
        return JsonSerializer.Deserialize<CommandPage>(body, JsonSerializerOptions.Web)!;
    }

    /// <summary>All of them, page by page.</summary>
    public static async Task<List<CommandRun>> AllCommandsAsync(this TestStore store, string query, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken, Func<Task>? between = null)
    {
        var (runs, cursor) = (new List<CommandRun>(), default(string));
        do
        {
            var page = await store.CommandsAsync(query, cancellationToken, CountedStore.Text(from), CountedStore.Text(to), limit, cursor);
            page.Runs.Count.ShouldBeLessThanOrEqualTo(limit);
            (page.From, page.To).ShouldBe((from, to));
            runs.AddRange(page.Runs);
            cursor = page.Next;
            await (between?.Invoke() ?? Task.CompletedTask);
        }
        while (cursor is not null);
        return runs;
    }
}
