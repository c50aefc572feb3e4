using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using KubeLens.Contracts.Query;

namespace KubeLens.Contracts.Tests.Query;

public class TimeRangeTests
{
    private static readonly DateTimeOffset Now = At("2026-09-09T10:15:30.5Z"); // a Wednesday
    private static readonly TimeZoneInfo Prague = TimeZoneInfo.FindSystemTimeZoneById("Europe/Prague");
    private static readonly TimeZoneInfo Kathmandu = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu");

    [Theory]
    [InlineData("now", "2026-09-09T10:15:30.5Z")]
    [InlineData("NOW", "2026-09-09T10:15:30.5Z")]
    [InlineData(" now-15m ", "2026-09-09T10:00:30.5Z")]
    [InlineData("now-90s", "2026-09-09T10:14:00.5Z")]
    [InlineData("now+1h", "2026-09-09T11:15:30.5Z")]
    [InlineData("now-1d", "2026-09-08T10:15:30.5Z")]
    [InlineData("now-1d-2h", "2026-09-08T08:15:30.5Z")]
    [InlineData("now/h", "2026-09-09T10:00:00Z")]
    [InlineData("now/m", "2026-09-09T10:15:00Z")]
    [InlineData("now-1d/d", "2026-09-08T00:00:00Z")]
    [InlineData("now/w", "2026-09-07T00:00:00Z")]
    [InlineData("now-1M/M", "2026-08-01T00:00:00Z")]
    [InlineData("now/y", "2026-01-01T00:00:00Z")]
    [InlineData("today", "2026-09-09T00:00:00Z")]
    [InlineData("Yesterday", "2026-09-08T00:00:00Z")]
    [InlineData("2026-09-08", "2026-09-08T00:00:00Z")]
    [InlineData("2026-09-08T10:15", "2026-09-08T10:15:00Z")]
    [InlineData("2026-09-08T10:15:01.250", "2026-09-08T10:15:01.25Z")]
    [InlineData("2026-09-08T10:15:01Z", "2026-09-08T10:15:01Z")]
    [InlineData("2026-09-08t10:15:01z", "2026-09-08T10:15:01Z")]
    [InlineData("2026-09-08T10:15:01.123456Z", "2026-09-08T10:15:01.123456Z")]
    [InlineData("2026-09-08T10:15:01.123456789Z", "2026-09-08T10:15:01.1234567Z")]
    [InlineData("2026-09-08T10:15:01+02:00", "2026-09-08T08:15:01Z")]
    [InlineData("1789000000", "2026-09-10T00:26:40Z")]
    [InlineData("1789000000123", "2026-09-10T00:26:40.123Z")]
    public void From_is_read_in_every_form(string text, string expected) => From(text, TimeZoneInfo.Utc).ShouldBe(At(expected));

    [Theory]
    [InlineData("now-1d/d", "2026-09-09T00:00:00Z")]
    [InlineData("today", "2026-09-10T00:00:00Z")]
    [InlineData("yesterday", "2026-09-09T00:00:00Z")]
    [InlineData("2026-09-08", "2026-09-09T00:00:00Z")]
    [InlineData("now/h", "2026-09-09T11:00:00Z")]
    [InlineData("now-15m", "2026-09-09T10:00:30.5Z")]
    public void To_takes_the_end_of_a_period(string text, string expected) => To(text, TimeZoneInfo.Utc).ShouldBe(At(expected));

    [Theory]
    [InlineData("2026-09-08T10:15", "2026-09-08T04:30:00Z")]
    [InlineData("today", "2026-09-08T18:15:00Z")]
    [InlineData("now/h", "2026-09-09T10:15:00Z")]
    [InlineData("2026-09-08T10:15Z", "2026-09-08T10:15:00Z")]
    public void Local_time_is_that_of_the_zone(string text, string expected) => From(text, Kathmandu).ShouldBe(At(expected));

    [Fact]
    public void Skipped_hour_does_not_exist_and_the_fix_is_the_first_time_after_it()
    {
        var message = TimeRange.Resolve("2026-03-29T02:30", "2026-03-29T04:00", Now, Prague).Messages.ShouldHaveSingleItem();

        message.Code.ShouldBe("Q152");
        message.Parameter.ShouldBe("from");
        message.Fix.ShouldBe("2026-03-29T03:00:00");
        message.Text.ShouldContain("Europe/Prague");
    }

    [Fact]
    public void Doubled_hour_is_covered_whole()
    {
        From("2026-10-25T02:30", Prague).ShouldBe(At("2026-10-25T00:30:00Z"));
        To("2026-10-25T02:30", Prague, At("2026-11-01T00:00:00Z")).ShouldBe(At("2026-10-25T01:30:00Z"));
    }

    [Theory]
    [InlineData("2026-03-29T20:00:00Z", 23)]
    [InlineData("2026-10-25T20:00:00Z", 25)]
    [InlineData("2026-09-09T20:00:00Z", 24)]
    public void Day_of_a_clock_change_has_its_own_length(string now, int hours)
    {
        var range = TimeRange.Resolve("today", "today", At(now), Prague).Range.ShouldNotBeNull();

        (range.To - range.From).ShouldBe(TimeSpan.FromHours(hours));
    }

    [Fact]
    public void Day_ago_keeps_the_hour_across_a_clock_change() => From("now-1d", Prague, At("2026-03-29T10:00:00Z")).ShouldBe(At("2026-03-28T11:00:00Z"));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", " ")]
    public void Absent_parameters_mean_the_last_hour(string? from, string? to) =>
        TimeRange.Resolve(from, to, Now, TimeZoneInfo.Utc).Range.ShouldBe(new TimeRange(Now.AddHours(-1), Now));

    [Theory]
    [InlineData("now", "now-1h", "to", "")]
    [InlineData("now-2h", "now-3h", "to", "now")]
    [InlineData("now+1h", null, "from", "now-1h")]
    public void End_before_start_is_refused(string? from, string? to, string parameter, string fix)
    {
        var message = TimeRange.Resolve(from, to, Now, TimeZoneInfo.Utc).Messages.ShouldHaveSingleItem();

        message.Code.ShouldBe("Q151");
        message.Parameter.ShouldBe(parameter);
        message.Fix.ShouldBe(fix);
    }

    [Theory]
    [InlineData("abc", "now-1h")]
    [InlineData("-15m", "now-15m")]
    [InlineData("15m", "now-15m")]
    [InlineData("now-15", "now-1h")]
    [InlineData("now-15x", "now-1h")]
    [InlineData("now-", "now-1h")]
    [InlineData("now/x", "now-1h")]
    [InlineData("now/d/d", "now-1h")]
    [InlineData("nowadays", "now-1h")]
    [InlineData("now-9999999999d", "now-1h")]
    [InlineData("now-99999d", "now-1h")]
    [InlineData("now+999999999y", "now-1h")]
    [InlineData("2026", "now-1h")]
    [InlineData("20260908", "now-1h")]
    [InlineData("1789000000000000000", "now-1h")]
    [InlineData("2026-13-08", "now-1h")]
    [InlineData("2026-09-31T00:00", "now-1h")]
    [InlineData("1969-12-31T23:59:59Z", "now-1h")]
    [InlineData("9999-12-31", "now-1h")]
    [InlineData("9999-12-31T23:59:59.9999999", "now-1h")]
    [InlineData("0001-01-01T00:00", "now-1h")]
    [InlineData("2026-09-08T10:15:00 02:00", "2026-09-08T10:15:00+02:00")]
    public void Rubbish_names_the_parameter_and_gives_an_example(string from, string fix)
    {
        foreach (var zone in new[] { TimeZoneInfo.Utc, Prague, Kathmandu })
        {
            var message = TimeRange.Resolve(from, "now", Now, zone).Messages.ShouldHaveSingleItem();

            message.Code.ShouldBe("Q153");
            message.Parameter.ShouldBe("from");
            message.Text.ShouldStartWith("from: ");
            message.Text.ShouldEndWith(message.Fix);
            message.Fix.ShouldBe(fix);
            TimeRange.Resolve(message.Fix, "now", Now, zone).HasErrors.ShouldBeFalse();
        }
    }

    [Fact]
    public void Both_parameters_wrong_are_both_told()
    {
        var parsed = TimeRange.Resolve("abc", "def", Now, TimeZoneInfo.Utc);

        parsed.HasErrors.ShouldBeTrue();
        parsed.Messages.Select(m => m.Parameter).ShouldBe(["from", "to"]);
        parsed.Messages[1].Fix.ShouldBe("now");
    }

    [Fact]
    public void Endless_text_is_refused_without_repeating_it()
    {
        var message = TimeRange.Resolve(new string('9', 100_000), null, Now, TimeZoneInfo.Utc).Messages.ShouldHaveSingleItem();

        message.Text.Length.ShouldBeLessThan(200);
    }

    [Property(MaxTest = 3000)]
    public Property Any_text_is_answered() => Prop.ForAll(Arb.From(Rubbish()), text =>
    {
        foreach (var zone in new[] { TimeZoneInfo.Utc, Prague })
        {
            var parsed = TimeRange.Resolve(text, text, Now, zone);
            parsed.HasErrors.ShouldBe(parsed.Messages.Count > 0);
        }
    });

    private static Gen<string> Rubbish() => Gen.Sized(size => Gen.Choose(0, Math.Min(size, 12)).SelectMany(n => Gen.ArrayOf(Gen.OneOf(
        Gen.Elements("now", "-", "+", "/", "d", "M", "y", "w", "1", "999999999", "2026-03-29", "T02:30", ":", "Z", "today", " ", "."),
        ArbMap.Default.GeneratorFor<char>().Select(c => c.ToString())), n)).Select(string.Concat));

    private static DateTimeOffset From(string text, TimeZoneInfo zone, DateTimeOffset? now = null)
    {
        TimeExpression.TryParse(text, TimeEdge.From, now ?? Now, zone, out var time, out var message).ShouldBeTrue(message?.Text);
        return time;
    }

    private static DateTimeOffset To(string text, TimeZoneInfo zone, DateTimeOffset? now = null)
    {
        TimeExpression.TryParse(text, TimeEdge.To, now ?? Now, zone, out var time, out var message).ShouldBeTrue(message?.Text);
        return time;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
