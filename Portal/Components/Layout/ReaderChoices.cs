namespace KubeLens.Portal.Components.Layout;

/// <summary>What the reader has chosen, for all that a page shows. One a circuit; it begins as the document's cookies say.</summary>
internal sealed class ReaderChoices(Browser browser)
{
    private string _besideUtc = "";

    /// <summary>Something was chosen.</summary>
    public event Action? Changed;

    public PageChoices Now { get; private set; } = PageChoices.None;

    public void Begin(PageChoices choices) => Now = choices;

    /// <summary>From now on, and in the documents to come.</summary>
    public async Task ChooseAsync(PageChoices choices, CancellationToken cancellationToken)
    {
        _besideUtc = choices.Zone == PageChoices.Utc ? _besideUtc : choices.Zone;
        Now = choices;
        await browser.ChooseAsync(choices, cancellationToken);
        Changed?.Invoke();
    }

    /// <summary>Times in UTC, or in the zone that they were shown in before.</summary>
    public Task ToggleUtcAsync(CancellationToken cancellationToken) => ChooseAsync(Now with { Zone = Now.Zone == PageChoices.Utc ? _besideUtc : PageChoices.Utc }, cancellationToken);
}
