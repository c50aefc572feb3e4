using System.IO.Pipelines;
using KubeLens.Store.Arrivals;

namespace KubeLens.Store.Export.Follow;

/// <summary>Standard output: it has no position, and nothing is taken back from it.</summary>
internal sealed class FollowedStream(Stream stream) : IFollowOutput
{
    private bool _hasBegun;

    public PipeWriter Writer { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));

    public bool Begins()
    {
        var begins = !_hasBegun;
        _hasBegun = true;
        return begins;
    }

    public Task CommitAsync(ArrivalPosition position, CancellationToken cancellationToken) => stream.FlushAsync(cancellationToken);

    public void Rollback()
    {
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.CompleteAsync();
        await stream.DisposeAsync();
    }
}
