using KubeLens.DemoCluster.Life.Clock;

namespace KubeLens.DemoCluster.Tests.Life.Clock;

public sealed class AgendaTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly Agenda _agenda = new();
    private readonly List<string> _happened = [];

    [Fact]
    public async Task Take_EntriesInAnyOrder_ComeByTimeAndThenByEntry()
    {
        _agenda.At(Start.AddMinutes(2), Happens("late"));
        _agenda.At(Start, Happens("first"));
        _agenda.At(Start, Happens("second"));

        await PlayAsync(3);

        _happened.ShouldBe(["first", "second", "late"]);
        _agenda.Next.ShouldBeNull();
    }

    [Fact]
    public async Task Every_ActionFails_TheSeriesGoesOn()
    {
        _agenda.Every(Start, () => TimeSpan.FromMinutes(1), _ => throw new IOException("away"));

        await Should.ThrowAsync<IOException>(() => _agenda.Take().Action(TestContext.Current.CancellationToken));

        _agenda.Next.ShouldBe(Start.AddMinutes(1));
    }

    [Fact]
    public async Task Every_Played_KeepsItsPauses()
    {
        _agenda.Every(Start, () => TimeSpan.FromSeconds(20), Happens("beat"));

        await PlayAsync(3);

        _happened.Count.ShouldBe(3);
        _agenda.Next.ShouldBe(Start.AddMinutes(1));
    }

    private Func<CancellationToken, Task> Happens(string what) => _ =>
    {
        _happened.Add(what);
        return Task.CompletedTask;
    };

    private async Task PlayAsync(int entries)
    {
        for (var i = 0; i < entries; i++)
        {
            await _agenda.Take().Action(TestContext.Current.CancellationToken);
        }
    }
}
