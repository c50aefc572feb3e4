using KubeLens.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>How pages look in this browser, what keys do, and the searches that the reader keeps.</summary>
public sealed partial class Settings
{
    private const string Own = "own", Named = "named";

    private string _own = "";
    private TimeZoneInfo? _shown;

    [Inject]
    private ReaderChoices Reader { get; set; } = default!;

    [Inject]
    private Browser Browser { get; set; } = default!;

    // Both this machine and the browser know them. The browser may have an older name for its own.
    private IEnumerable<string> ZoneNames => TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(PageChoices.IsZone).Append(Now.Zone).Distinct().Order(StringComparer.Ordinal);

    private PageChoices Now => Reader.Now;

    private string ZoneChoice => Now.Zone switch
    {
        "" => Own,
        PageChoices.Utc => PageChoices.Utc,
        _ => Named,
    };

    private IReadOnlyList<(string Value, string Label)> ZoneChoices => [(Own, _own.Length > 0 ? $"This browser's: {_own}" : "This browser's"), (PageChoices.Utc, "UTC"), (Named, "Another")];

    protected override void Dispose(bool disposing)
    {
        Reader.Changed -= OnChosen;
        base.Dispose(disposing);
    }

    protected override void OnInitialized() => Reader.Changed += OnChosen;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _own = await Browser.OwnZoneAsync(Gone);
            _shown = await Browser.ZoneAsync(Gone);
            StateHasChanged();
        }
    }

    // The theme may be chosen in the menu above as well.
    private void OnChosen() => InvokeAsync(StateHasChanged);

    private Task ChooseZoneAsync(string choice) => ChooseAsync(Now with
    {
        Zone = choice switch
        {
            Own => "",
            Named => PageChoices.IsZone(_own) && _own != PageChoices.Utc ? _own : "Etc/UTC",
            _ => choice,
        },
    });

    private async Task ChooseAsync(PageChoices choices)
    {
        await Reader.ChooseAsync(choices, Gone);
        _shown = await Browser.ZoneAsync(Gone);
    }
}
