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
    private string _theme = ThemeChoice.System;
    private string _here = "";
    private bool _helpOpen;

    [CascadingParameter(Name = "Theme")]
    private string InitialTheme { get; set; } = ThemeChoice.System;

    [Inject]
    private Browser Browser { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string Crumb => _here.Split('?')[0] switch
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
        var path when path.StartsWith("calls/", StringComparison.Ordinal) => "Call",
        var path when path.StartsWith("objects/", StringComparison.Ordinal) => "Object",
        var path when path.StartsWith("commands/", StringComparison.Ordinal) => "Kubectl command",
        var path when path.StartsWith("users/", StringComparison.Ordinal) => "User",
        _ => "",
    };

    public void Dispose()
    {
        Navigation.LocationChanged -= OnMoved;
        _gone.Dispose();
    }

    protected override void OnInitialized()
    {
        _theme = InitialTheme;
        _here = Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0];
        Navigation.LocationChanged += OnMoved;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Browser.StartShortcutsAsync(_gone.Token);
            _zone = await Browser.ZoneAsync(_gone.Token);
            _zoneText = Show.Offset(Clock.GetUtcNow(), _zone);
            StateHasChanged();
        }
    }

    private void OnMoved(object? sender, LocationChangedEventArgs moved)
    {
        _here = Navigation.ToBaseRelativePath(moved.Location).Split('#')[0];
        InvokeAsync(StateHasChanged);
    }

    private async Task SetThemeAsync(string theme)
    {
        _theme = theme;
        await Browser.SetThemeAsync(theme, _gone.Token);
    }

    private Glyph Mark(string theme, Glyph glyph) => _theme == theme ? Glyph.Done : glyph;
}
