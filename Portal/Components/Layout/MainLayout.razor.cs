using KubeLens.Portal.Kit;
using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace KubeLens.Portal.Components.Layout;

public sealed partial class MainLayout : IDisposable
{
    private readonly Lifetime _gone = new();
    private TimeZoneInfo? _zone;
    private string _zoneText = "";
    private string _here = "";
    private string _revealed = "";
    private int _shownIn;
    private bool _helpOpen;

    [Inject]
    private Browser Browser { get; set; } = default!;

    [Inject]
    private ReaderChoices Reader { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string Page => _here.Split('?')[0];

    private string Crumb => Page switch
    {
        "overview" => "Overview",
        "search" => "Search",
        "live" => "Live",
        "commands" => "Kubectl commands",
        "access" => "Access review",
        "users" => "Users",
        "status" => "Status",
        "holds" => "Legal holds",
        "connect" => "Connect",
        "settings" => "Settings",
        "tokens" => "API tokens",
        "access-records" => "Who read what",
        var path when path.StartsWith("calls/", StringComparison.Ordinal) => "Call",
        var path when path.StartsWith("objects/", StringComparison.Ordinal) => "Object",
        var path when path.StartsWith("commands/", StringComparison.Ordinal) => "Kubectl command",
        var path when path.StartsWith("users/", StringComparison.Ordinal) => "User",
        _ => "",
    };

    private string OtherZone => Reader.Now.Zone != PageChoices.Utc ? "UTC" : "yours";

    public void Dispose()
    {
        Navigation.LocationChanged -= OnMoved;
        Reader.Changed -= OnChosen;
        _gone.Dispose();
    }

    protected override void OnInitialized()
    {
        _here = Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0];
        Navigation.LocationChanged += OnMoved;
        Reader.Changed += OnChosen;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Browser.StartShortcutsAsync(_gone.Token);
            await ReadZoneAsync();
        }

        if (Page != _revealed)
        {
            _revealed = Page;
            await Browser.RevealAsync(".rail .active", _gone.Token);
        }
    }

    private void OnMoved(object? sender, LocationChangedEventArgs moved)
    {
        _here = Navigation.ToBaseRelativePath(moved.Location).Split('#')[0];
        InvokeAsync(StateHasChanged);
    }

    private void OnChosen() => InvokeAsync(ReadZoneAsync);

    private async Task ReadZoneAsync()
    {
        try
        {
            _zone = await Browser.ZoneAsync(_gone.Token);
            _zoneText = Show.Offset(Clock.GetUtcNow(), _zone);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The page was left.
        }
    }

    private async Task ToggleUtcAsync()
    {
        await Reader.ToggleUtcAsync(_gone.Token);
        _shownIn++;
    }

    private Task SetThemeAsync(string theme) => Reader.ChooseAsync(Reader.Now with { Theme = theme }, _gone.Token);

    private Glyph Mark(string theme, Glyph glyph) => Reader.Now.Theme == theme ? Glyph.Done : glyph;
}
