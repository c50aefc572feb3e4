using KubeLens.Contracts.Search;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>What the Store holds and does for one signed-in user; every test has its own.</summary>
internal sealed class StoreScript
{
    /// <summary>Newest first.</summary>
    public List<CallDetails> Calls { get; init; } = [];

    /// <summary>Awaited before a search is answered; a result answers in its place.</summary>
    public Func<string, Task<IResult?>> OnSearch { get; set; } = _ => Task.FromResult<IResult?>(null);

    /// <inheritdoc cref="OnSearch"/>
    public Func<string, Task<IResult?>> OnHistogram { get; set; } = _ => Task.FromResult<IResult?>(null);

    /// <inheritdoc cref="OnSearch"/>
    public Func<string, Task<IResult?>> OnFacets { get; set; } = _ => Task.FromResult<IResult?>(null);

    /// <inheritdoc cref="OnSearch"/>
    public Func<string, Task<IResult?>> OnCommands { get; set; } = _ => Task.FromResult<IResult?>(null);

    /// <summary>Awaited before a review is answered; a result answers in its place.</summary>
    public Func<IQueryCollection, Task<IResult?>> OnAccess { get; set; } = _ => Task.FromResult<IResult?>(null);

    /// <summary>Answers how the Store is.</summary>
    public Func<IResult> OnStatus { get; set; } = () => Results.Ok(StatusScript.Status(TimeProvider.System.GetUtcNow()));

    /// <summary>Answers with a recording.</summary>
    public Func<IResult> OnRecording { get; set; } = () => Results.NotFound();

    public int CommandsOnAPage { get; set; } = 100;

    /// <summary>The one object whose history it knows.</summary>
    public ObjectScript Object { get; init; } = new();

    /// <summary>The searches that are kept.</summary>
    public SavedSearchScript Saved { get; } = new();

    public NoteScript Notes { get; } = new();

    public HoldScript Holds { get; } = new();

    public TokenScript Tokens { get; } = new();

    public AccessRecordScript Records { get; } = new();

    /// <summary>Of who signs in.</summary>
    public string Role { get; init; } = "auditor";

    /// <summary>Answers an export; without one the calls that match are answered as NDJSON.</summary>
    public Func<HttpContext, Task>? OnExport { get; set; }

    /// <summary>Answers whoever follows, unless there is <see cref="OnLive"/>.</summary>
    public LiveScript Live { get; init; } = new();

    public Func<HttpContext, Task>? OnLive { get; set; }

    /// <summary>The Store no longer takes this user's token.</summary>
    public bool SessionOver { get; set; }

    public int Searches { get; set; }
}
