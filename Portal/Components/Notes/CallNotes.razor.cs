using System.Globalization;
using KubeLens.Contracts.Notes;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace KubeLens.Portal.Components.Notes;

/// <summary>What people wrote on one call, and what the reader writes.</summary>
public sealed partial class CallNotes : IDisposable
{
    private readonly Lifetime _gone = new();
    private IReadOnlyList<NoteItem>? _items;
    private StoreFailure? _failure;
    private string _asked = "";
    private string _error = "";
    private string _user = "";
    private long? _changing;
    private long? _deleting;
    private bool _isAdmin;
    private bool _isGone;
    private bool _isWriting;
    private bool _busy;

    [Parameter, EditorRequired]
    public CallDetails Call { get; set; } = default!;

    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private StoreNotes Notes { get; set; } = default!;

    [Inject]
    private Browser Browser { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private bool MayWrite => _items is not null && !_isGone && !Call.InFlight;

    private string StateName => this switch
    {
        { _failure: not null } => "error",
        { Call.InFlight: true } or { _isGone: true } => "empty-filtered",
        { _items: null } => "loading",
        { _items.Count: 0 } => "empty-none",
        _ => "ready",
    };

    public void Dispose() => _gone.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (_asked != Call.Id)
        {
            (_asked, _items, _isWriting) = (Call.Id, null, false);
            var user = (await Authentication).User;
            (_user, _isAdmin) = (user.Identity?.Name ?? "", user.IsAdmin());
            await LoadAsync();
        }
    }

    private static string ButtonOf(NoteItem note) => string.Create(CultureInfo.InvariantCulture, $"#note-{note.Id} button");

    private bool IsOwn(NoteItem note) => note.Author == _user;

    private string When(DateTimeOffset time) => $"{Show.Day(time, Zone)} {Show.Clock(time, Zone)[..8]}";

    private async Task LoadAsync()
    {
        (_changing, _deleting, _isGone, _failure, _error) = (null, null, false, null, "");
        if (!Call.InFlight && await AskAsync(Notes.ListAsync) is { } answer)
        {
            (_items, _isGone) = (answer.Value?.Items, answer.Value is null);
        }
    }

    private async Task WriteAsync()
    {
        (_isWriting, _changing, _deleting, _error) = (true, null, null, "");
        await Browser.FocusAsync("#note-text", _gone.Token);
    }

    private async Task EditAsync(NoteItem note)
    {
        (_isWriting, _changing, _deleting, _error) = (false, note.Id, null, "");
        await Browser.FocusAsync("#note-text", _gone.Token);
    }

    private async Task AskAsync(NoteItem note)
    {
        (_isWriting, _changing, _deleting, _error) = (false, null, note.Id, "");
        await Browser.FocusAsync(string.Create(CultureInfo.InvariantCulture, $"#delete-note-{note.Id}"), _gone.Token);
    }

    private async Task CloseAsync(string focus)
    {
        (_isWriting, _changing, _deleting, _error) = (false, null, null, "");
        await Browser.FocusAsync(focus, _gone.Token);
    }

    private Task AddAsync(string text) => SaveAsync((call, gone) => Notes.WriteAsync(call, text, gone), "#add-note");

    private Task ChangeAsync(NoteItem note, string text) => SaveAsync((call, gone) => Notes.ChangeAsync(call, note.Id, text, gone), ButtonOf(note));

    private Task DeleteAsync(NoteItem note) => SaveAsync((call, gone) => Notes.DeleteAsync(call, note.Id, gone), "#add-note");

    private async Task SaveAsync(Func<string, CancellationToken, Task<StoreAnswer<NoteItem>>> save, string focus)
    {
        _busy = true;
        var answer = await AskAsync(save);
        _busy = false;
        if (answer is { Problem: { } problem })
        {
            _error = problem.Title;
        }
        else if (answer is not null)
        {
            // What is gone by now is not there in the list either.
            await LoadAsync();
            await CloseAsync(focus);
        }
        else if (_failure is { } failure && (_isWriting || _changing is not null))
        {
            // What was written stays, and why it could not be kept stands beside it.
            (_error, _failure) = ($"{failure.Text} Correlation id {failure.CorrelationId}", null);
        }
    }

    /// <returns>Null when it failed, which is shown, or the reader has left or looks at another call.</returns>
    private async Task<StoreAnswer<T>?> AskAsync<T>(Func<string, CancellationToken, Task<StoreAnswer<T>>> ask)
        where T : class
    {
        var asked = _asked;
        try
        {
            var answer = await ask(asked, _gone.Token);
            if (asked != _asked)
            {
                return null;
            }

            _failure = answer.Failure;
            if (answer.Outcome == StoreOutcome.SignedOut)
            {
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                return null;
            }

            return answer.Failure is null ? answer : null;
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            return null; // the call was left
        }
    }
}
