using System.Text.Json;
using KubeLens.Store.Arrivals;
using KubeLens.Store.Hosting;

namespace KubeLens.Store.Export.Follow;

/// <summary>How far a followed export is; beside its file, in <c>FILE.position</c>.</summary>
/// <param name="Query">As it was asked: another one is another export.</param>
/// <param name="Format">Its name.</param>
/// <param name="From">Only what completed at or after.</param>
/// <param name="Position">What is told.</param>
/// <param name="Length">Bytes of the file that hold all of that; what lies behind them is half done.</param>
internal sealed record FollowState(string Query, string Format, DateTimeOffset? From, ArrivalPosition Position, long Length)
{
    /// <summary>Null when there is none. Fails with <see cref="InvalidDataException"/> when it cannot be read.</summary>
    public static async Task<FollowState?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            await using var file = File.OpenRead(path);
            var state = await JsonSerializer.DeserializeAsync<FollowState>(file, JsonSerializerOptions.Web, cancellationToken);
            return state is { Query: not null, Format: not null, Position: { Server: not null, Since: not null }, Length: >= 0 } ? state : throw new JsonException("it lacks a part");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no position of a followed export ({e.Message}). Move it away together with its export, and follow into another file.");
        }
    }

    /// <summary>Returns when it is on the disk, whole.</summary>
    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        var part = path + ".part";
        await using (var file = OwnerFile.Open(part, FileMode.Create))
        {
            await JsonSerializer.SerializeAsync(file, this, JsonSerializerOptions.Web, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
    }
}
