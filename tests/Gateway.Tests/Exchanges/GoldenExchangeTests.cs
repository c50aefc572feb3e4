using System.Runtime.CompilerServices;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Exchanges;

/// <summary>
/// Wire in, record out: each exchange of the folder <c>Golden</c> passes the real gateway, and its record is what the golden file says.
/// After an intended change, run once with <c>KUBELENS_GOLDEN=write</c> and read the difference.
/// </summary>
public sealed class GoldenExchangeTests(GoldenGateway gateway) : IClassFixture<GoldenGateway>
{
    private const int AtLeast = 120;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Exchanges_AreEnough_EachWithBothParts()
    {
        var all = Exchange.All(Root());

        all.Count.ShouldBeGreaterThanOrEqualTo(AtLeast);
        all.Where(e => !e.HasRequest || !File.Exists(e.Record) || e.HasResponse == e.Course.StaysHere).Select(e => e.Name).ShouldBeEmpty();
    }

    [Fact]
    public async Task Exchange_ThroughTheGateway_LeavesTheRecordOfItsGoldenFile()
    {
        var played = new List<(Exchange Exchange, int Port)>();
        foreach (var exchange in Exchange.All(Root()))
        {
            played.Add((exchange, (await ExchangePlayer.PlayAsync(gateway, exchange, Cancel)).Port));
        }

        var differences = new List<string>();
        foreach (var (exchange, port) in played)
        {
            await Eventually.Async(() => gateway.Sink.Matching(call => call.Client.Port == port).Count > 0, Cancel, what: $"the record of {exchange.Name}");
            var call = gateway.Sink.Matching(call => call.Client.Port == port).ShouldHaveSingleItem(exchange.Name);
            differences.AddRange(Compare(exchange, Volatile.WithoutPort(RecordText.Of(Volatile.Without(call, keepsDate: HasDate(exchange))))));
        }

        differences.ShouldBeEmpty();
    }

    private static IEnumerable<string> Compare(Exchange exchange, string record)
    {
        if (Environment.GetEnvironmentVariable("KUBELENS_GOLDEN") == "write")
        {
            File.WriteAllText(exchange.Record, record);
        }

        var golden = File.Exists(exchange.Record) ? File.ReadAllText(exchange.Record) : "";
        return golden == record ? [] : LineDifference.Of(golden, record).Prepend($"{exchange.Name}/record.json (- golden, + now)");
    }

    private static bool HasDate(Exchange exchange) => WireReader.Header(Encoding.Latin1.GetString(exchange.ResponseHead), "Date").Any();

    private static string Root([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Golden");
}
