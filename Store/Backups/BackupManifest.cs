using System.Text.Json;

namespace KubeLens.Store.Backups;

/// <summary><c>manifest.json</c> of a backup, written last: a folder that has one is a whole backup.</summary>
/// <param name="Format">1.</param>
/// <param name="CreatedAt">The moment that all of it is of.</param>
/// <param name="Migrations">Those that had made the tables, in order; a backup is restored by a program that has the same.</param>
/// <param name="From">When the oldest call ended, of those in rows and chunks; null without any.</param>
/// <param name="To">When the newest did.</param>
/// <param name="Tables">All of them.</param>
internal sealed record BackupManifest(int Format, DateTime CreatedAt, IReadOnlyList<string> Migrations, DateTime? From, DateTime? To, IReadOnlyList<BackupTable> Tables)
{
    public const int CurrentFormat = 1;
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Fails with <see cref="InvalidDataException"/> when it is none that this version reads.</summary>
    public static async Task<BackupManifest> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(await File.ReadAllBytesAsync(file, cancellationToken), Json);
            return manifest is { Format: CurrentFormat, Tables: not null, Migrations: not null } ? manifest : throw new InvalidDataException($"{file}: its format is {manifest?.Format}, and this program reads {CurrentFormat}.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}"); // of a chain, commands print the first cause, which does not name the file
        }
    }
}

/// <summary>A table in a backup.</summary>
/// <param name="Name">Of the table; its file is that name and <c>.copy</c>: PostgreSQL's binary COPY.</param>
/// <param name="Columns">In the order of the file.</param>
/// <param name="Partitions">Those that it had.</param>
/// <param name="Rows">How many.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Sha256">Of the file, hexadecimal.</param>
internal sealed record BackupTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Partitions, long Rows, long Bytes, string Sha256)
{
    public string FileIn(string folder) => Path.Combine(folder, $"{Name}.copy");
}
