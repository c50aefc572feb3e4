using KubeLens.Bench.Report;

namespace KubeLens.Bench.Tests.Report;

public sealed class BenchmarkDocumentTests
{
    [Fact]
    public void Replace_OfASectionThatIsThere_LeavesTheOthersAlone()
    {
        var text = BenchmarkDocument.Replace(BenchmarkDocument.Replace("# Benchmarks\n", "gateway", "old\n"), "ingest", "other\n");

        BenchmarkDocument.Replace(text, "gateway", "new\n").ShouldBe("# Benchmarks\n\n<!-- gateway -->\nnew\n<!-- /gateway -->\n\n<!-- ingest -->\nother\n<!-- /ingest -->\n");
    }
}
