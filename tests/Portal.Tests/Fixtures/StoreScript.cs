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

    /// <summary>Answers an export; without one the calls that match are answered as NDJSON.</summary>
    public Func<HttpContext, Task>? OnExport { get; set; }

    /// <summary>Answers whoever follows, unless there is <see cref="OnLive"/>.</summary>
    public LiveScript Live { get; init; } = new();

    public Func<HttpContext, Task>? OnLive { get; set; }

    /// <summary>The Store no longer takes this user's token.</summary>
    public bool SessionOver { get; set; }

    public int Searches { get; set; }
}
