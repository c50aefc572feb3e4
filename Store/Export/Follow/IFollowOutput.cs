using System.IO.Pipelines;
using KubeLens.Store.Arrivals;

namespace KubeLens.Store.Export.Follow;

/// <summary>Where a followed export goes. For one writer.</summary>
internal interface IFollowOutput : IAsyncDisposable
{
    /// <summary>Whether the format has to begin. Asked before something is written.</summary>
    bool Begins();

    /// <summary>Takes what is written next. Not to be completed.</summary>
    PipeWriter Writer { get; }

    /// <summary>What was written since the last time is whole, and with it everything up to <paramref name="position"/>.</summary>
    Task CommitAsync(ArrivalPosition position, CancellationToken cancellationToken);

    /// <summary>Takes back what was written since the last <see cref="CommitAsync"/>, where that can be.</summary>
    void Rollback();
}
