using System.Globalization;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Tests.Search;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Export;

public sealed class CsvExportTests(PostgresServer postgres)
{
    private static readonly string[] NoFields = ["time", "outcome", "message"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_OfRandomCalls_ReadBack_HasTheirValues()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([.. new RandomSearch(5).Calls(150, SampleCalls.Now.AddMinutes(-1)), SampleCalls.One(name: "a,b\r\n\"c\"\n語,"), SampleCalls.One(name: " spaces ")], Cancel);
        var table = CsvReader.Read(await store.ExportAsync("csv", Cancel));
        var (header, rows) = (table[0], table.Skip(1).ToList());
        rows.Count.ShouldBe(152);

        foreach (var row in rows)
        {
            var call = await store.GetAsync(row[header.IndexOf("call")], Cancel);
            foreach (var (name, value) in Expected(call))
            {
                Unguarded(row[header.IndexOf(name)]).ShouldBe(value, $"{name} of {call.Id}");
            }
        }

        rows.ShouldContain(row => row[header.IndexOf("name")] == "a,b\r\n\"c\"\n語,");
        header.Except(Expected(await store.GetAsync(rows[0][header.IndexOf("call")], Cancel)).Select(e => e.Name)).ShouldBeEmpty();
        header.Except(QueryFields.All.Select(field => field.Name)).ShouldBe(NoFields);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("'=1", "''=1")]
    [InlineData("=a,\"b\"", "'=a,\"b\"")]
    [InlineData("a=1", "a=1")]
    public async Task Csv_CellThatASpreadsheetWouldRun_IsGuarded(string name, string cell)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One(name: name)], Cancel);

        var table = CsvReader.Read(await store.ExportAsync("csv", Cancel));

        table[1][table[0].IndexOf("name")].ShouldBe(cell);
    }

    [Fact]
    public async Task Csv_OfNoCalls_IsItsHeader()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        var header = CsvReader.Read(await store.ExportAsync("csv", Cancel)).ShouldHaveSingleItem();

        header.ShouldBe(DocumentedColumns());
    }

    private static IEnumerable<(string Name, string Value)> Expected(CallDetails c) =>
    [
        ("time", c.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture)), ("cluster", c.Cluster), ("user", c.User), ("groups", string.Join('\n', c.Groups)), ("as", c.ImpersonatedUser),
        ("ip", c.SourceIp), ("ua", c.UserAgent), ("client", c.Program.Command == "" ? c.Program.Name : c.Program.Command), ("session", c.Program.Session), ("verb", c.Verb), ("resource", c.Resource),
        ("group", c.ApiGroup), ("version", c.ApiVersion), ("sub", c.Subresource), ("ns", c.Namespace), ("name", c.Name), ("uid", c.Object.Uid), ("rv", c.Object.ResourceVersion), ("path", c.Path),
        ("method", c.Method), ("selector", $"{c.LabelSelector}\n{c.FieldSelector}".Trim('\n')), ("fieldmanager", c.Options?.FieldManager ?? ""), ("dryrun", c.Options?.DryRun == true ? "true" : "false"),
        ("status", $"{c.Status}"), ("reason", c.Reason), ("outcome", c.Outcome), ("message", c.Message), ("latency", Number(c.LatencyMs)), ("upstream", Number(c.Timings.UpstreamMs)),
        ("reqsize", $"{c.RequestBytes}"), ("respsize", $"{c.ResponseBytes}"), ("warning", string.Join('\n', c.Advice.Warnings)), ("audit", c.AuditId), ("call", c.Id), ("trace", c.TraceId ?? ""),
        ("span", c.SpanId ?? ""), ("gateway", c.Gateway), ("tls", c.Connection.Client.TlsVersion), ("cipher", c.Connection.Client.Cipher), ("alpn", c.Connection.Client.Alpn), ("sni", c.Connection.Client.ServerName),
        ("peer", c.Connection.Upstream is { Address.Length: > 0 } u ? $"{u.Address}:{u.Port}" : ""), ("caller", c.Caller), ("pod", c.Pod), ("node", c.Node),
    ];

    private static string Number(double? value) => value is { } number ? ((decimal)number).ToString(CultureInfo.InvariantCulture) : "";

    private static string Unguarded(string cell) => cell.StartsWith('\'') ? cell[1..] : cell;

    private static IEnumerable<string> DocumentedColumns()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "KubeLens.sln")))
        {
            folder = folder.Parent!;
        }

        return File.ReadLines(Path.Combine(folder.FullName, "docs", "export.md"))
            .SkipWhile(line => !line.StartsWith("| Column |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|')[1].Trim().Trim('`'));
    }
}
