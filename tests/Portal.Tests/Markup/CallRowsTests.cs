using System.Text.RegularExpressions;
using KubeLens.Portal.Markup;
using KubeLens.Portal.Search;
using KubeLens.Portal.Tests.Fixtures;

namespace KubeLens.Portal.Tests.Markup;

public sealed class CallRowsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 29, 0, 59, 59, TimeSpan.Zero);

    [Fact]
    public void Rows_Hostile_HoldNoMarkupButOurs()
    {
        var call = SampleCalls.One(1, Noon) with { Id = "\"><b>", Verb = "<b>", Resource = "<i>", Subresource = "<u>", ApiGroup = "<s>", Namespace = "<q>", Name = "a&b", User = "'\"", Path = "\" onclick=\"x" };
        var html = CallRows.Build([call], 2, TimeZoneInfo.Utc, CallColumns.Usual);
        html.ShouldNotContain("<b>");
        html.ShouldNotContain("<i>");
        html.ShouldNotContain("<u>");
        html.ShouldNotContain("<s>");
        html.ShouldNotContain("<q>");
        html.ShouldNotContain("\" onclick");
        html.ShouldContain("a&amp;b");
        html.Count(c => c == '<').ShouldBe(html.Count(c => c == '>'));
    }

    [Fact]
    public void Row_InFlight_SaysRunningWhereOthersSayWhenTheyEnded()
    {
        var html = CallRows.Build([SampleCalls.One(7, Noon) with { InFlight = true, LatencyMs = 60_000 }], 2, TimeZoneInfo.Utc, CallColumns.Usual);
        html.ShouldContain("<span class=\"chip running\" title=\"since 2026-03-29 00:58:59.000\"><span class=\"glyph\" aria-hidden=\"true\">▶</span>running</span>");
        html.ShouldNotContain("<time");
        html.ShouldContain("200");
    }

    [Fact]
    public void Row_AllColumns_HasACellOfEach()
    {
        var call = SampleCalls.One(5, Noon) with { User = "system:serviceaccount:prod:ci", UserAgent = "<u>/1.2 (x)" };
        var html = CallRows.Build([call], 2, TimeZoneInfo.Utc, CallColumns.All);
        Regex.Matches(html, "role=\"gridcell\" class=\"(\\w+)").Select(match => match.Groups[1].Value).ShouldBe(["time", .. CallColumns.All.Select(column => column.Field)]);
        foreach (var cell in new[] { "class=\"sa\" data-label=\"Service account\">prod/ci<", ">127.0.0.1<", ">interactive<", ">0 B<", ">4.7 KiB<", $">{call.AuditId}<", $">{call.Id}<", ">4bf92f3577b34da6a3ce929d0e0e4736<", ">core<", ">system:authenticated, developers<", ">&lt;u&gt;<" })
        {
            html.ShouldContain(cell);
        }

        html.ShouldNotContain("<u>");
    }

    [Theory]
    // Europe/Prague springs forward at 01:00 UTC and falls back on 25 October at 01:00 UTC.
    [InlineData("2026-03-29T00:59:59.5Z", "Europe/Prague", "01:59:59.500")]
    [InlineData("2026-03-29T01:00:00Z", "Europe/Prague", "03:00:00.000")]
    [InlineData("2026-10-25T00:30:00Z", "Europe/Prague", "02:30:00.000")]
    [InlineData("2026-10-25T01:30:00Z", "Europe/Prague", "02:30:00.000")]
    [InlineData("2026-10-25T18:15:00Z", "Asia/Kathmandu", "00:00:00.000")]
    public void Row_Time_IsTheZonesOwn(string time, string zone, string expected)
    {
        var call = SampleCalls.One(1, DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        CallRows.Build([call], 2, TimeZoneInfo.FindSystemTimeZoneById(zone), CallColumns.Usual).ShouldContain($"</span> {expected}</time>");
    }

    [Fact]
    public void Rows_Hundred_StayWithinTheBudgetOfTheWire()
    {
        var html = CallRows.Build(SampleCalls.Make(100, Noon), 2, TimeZoneInfo.Utc, CallColumns.Usual);
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(html));
        }

        packed.Length.ShouldBeLessThan(6 * 1024);
    }
}
