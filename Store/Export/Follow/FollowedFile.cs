using System.IO.Pipelines;
using KubeLens.Store.Arrivals;
using KubeLens.Store.Hosting;

namespace KubeLens.Store.Export.Follow;

/// <summary>
/// A file that grows. Each step is on the disk before the position that says so, and what lies behind the position's length is cut off when
/// the file is opened again: each call is in the files once, however often the program is killed.
/// </summary>
internal sealed class FollowedFile : IFollowOutput
{
    private readonly string _path;
    private readonly FollowFileOptions _options;
    private readonly RotatedFiles _rotated;
    private readonly FileStream _lock;
    private FollowState _state;
    private FileStream _file;

    private FollowedFile(string path, FollowState state, FollowFileOptions options, RotatedFiles rotated, FileStream owned, FileStream file)
    {
        (_path, _state, _options, _rotated, _lock, _file) = (path, state, options, rotated, owned, file);
        Writer = WriterOf(file);
    }

    public PipeWriter Writer { get; private set; }

    /// <summary>What has to be so before anything is written; fails with <see cref="IOException"/> or <see cref="InvalidDataException"/> where it is not.</summary>
    /// <param name="path">The file. Its position lies beside it.</param>
    /// <param name="first">Where to begin when it is new.</param>
    /// <param name="options">How it grows.</param>
    /// <param name="time">Names files.</param>
    /// <param name="cancellationToken">Ends the wait for the disk.</param>
    /// <returns>The file, and how far it is.</returns>
    public static async Task<(FollowedFile File, FollowState State)> OpenAsync(string path, Func<Task<FollowState>> first, FollowFileOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        var owned = Lock(path);
        try
        {
            var state = await FollowState.ReadAsync(PositionOf(path), cancellationToken);
            var file = OwnerFile.Open(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete });
            if (state is null && file.Length > 0)
            {
                await file.DisposeAsync();
                throw new InvalidDataException($"{path} is there, and {PositionOf(path)}, which says how far it is, is not: nothing was written. Follow into another file, or move this one away.");
            }

            state ??= await first();
            if (file.Length > state.Length)
            {
                file.SetLength(state.Length);
            }

            // Somebody took the file away, or began to: what was in it is theirs.
            state = state with { Length = file.Length };
            file.Position = file.Length;
            await state.WriteAsync(PositionOf(path), cancellationToken);
            var rotated = new RotatedFiles(path, time);
            if (options.Compress)
            {
                await rotated.CompressAsync(cancellationToken);
            }

            return (new FollowedFile(path, state, options, rotated, owned, file), state);
        }
        catch (Exception)
        {
            await owned.DisposeAsync();
            throw;
        }
    }

    public bool Begins() => _state.Length == 0;

    public async Task CommitAsync(ArrivalPosition position, CancellationToken cancellationToken)
    {
        if (_file.Length > _state.Length)
        {
            _file.Flush(flushToDisk: true);
        }

        await SaveAsync(position, _file.Length, cancellationToken);
        if (_options.RotateBytes is { } most && _file.Length >= most)
        {
            await RotateAsync(position, cancellationToken);
        }
    }

    public void Rollback()
    {
        Writer.Complete(new OperationCanceledException("What was written is taken back."));
        _file.SetLength(_state.Length);
        _file.Position = _state.Length;
        Writer = WriterOf(_file);
    }

    public async ValueTask DisposeAsync()
    {
        Rollback();
        await Writer.CompleteAsync();
        await _file.DisposeAsync();
        await _lock.DisposeAsync();
    }

    // Killed after the first step, the file is not there, and what its position says is in the one that was left behind.
    private async Task RotateAsync(ArrivalPosition position, CancellationToken cancellationToken)
    {
        await Writer.CompleteAsync();
        await _file.DisposeAsync();
        File.Move(_path, _rotated.Next());
        _file = OwnerFile.Open(_path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete });
        Writer = WriterOf(_file);
        await SaveAsync(position, 0, cancellationToken);
        if (_options.Compress)
        {
            await _rotated.CompressAsync(cancellationToken);
        }
    }

    private Task SaveAsync(ArrivalPosition position, long length, CancellationToken cancellationToken)
    {
        _state = _state with { Position = position, Length = length };
        return _state.WriteAsync(PositionOf(_path), cancellationToken);
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return OwnerFile.Open(path + ".lock", new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose });
        }
        catch (IOException e) when (File.Exists(path + ".lock"))
        {
            // Without it as the cause, which would be told in its place.
            throw new IOException($"{path} is being written by another program: two that follow need a file each. ({e.Message})");
        }
    }

    private static string PositionOf(string path) => path + ".position";

    private static PipeWriter WriterOf(FileStream file) => PipeWriter.Create(file, new StreamPipeWriterOptions(leaveOpen: true));
}
