using System.Text.Json;

namespace KubeLens.Gateway.Identity.Issued;

/// <summary>
/// The list of issued certificates, <c>pki/issued.json</c>. Several processes write it, one at a time; the gateway reads it
/// again when it changes. Entries go a while after their certificate has expired.
/// </summary>
internal sealed class IssuedCertificates(string folder, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _path = Path.Combine(folder, "issued.json");

    /// <summary>Changes whenever the list does.</summary>
    /// <exception cref="GatewayPkiException">The file cannot be read.</exception>
    public (DateTime Written, long Length) Version => Try("read", () => new FileInfo(_path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default);

    /// <exception cref="GatewayPkiException">The file cannot be read.</exception>
    public IReadOnlyList<IssuedEntry> Read() => Try<IReadOnlyList<IssuedEntry>>("read", () =>
        File.Exists(_path) ? JsonSerializer.Deserialize<List<IssuedEntry>>(File.ReadAllText(_path), Format) ?? [] : []);

    /// <exception cref="GatewayPkiException">The file cannot be written: the certificate must not be given to anybody.</exception>
    public void Add(IssuedEntry entry) => Change(entries => entries.Add(entry));

    /// <summary>Revokes those that <paramref name="which"/> chooses and that still count.</summary>
    /// <returns>What was revoked.</returns>
    public IReadOnlyList<IssuedEntry> Revoke(Func<IssuedEntry, bool> which)
    {
        var now = clock.GetUtcNow();
        var revoked = new List<IssuedEntry>();
        Change(entries =>
        {
            for (var i = 0; i < entries.Count; i++)
            {
                if (entries[i].RevokedAt is null && entries[i].NotAfter > now && which(entries[i]))
                {
                    revoked.Add(entries[i] = entries[i] with { RevokedAt = now });
                }
            }
        });
        return revoked;
    }

    private void Change(Action<List<IssuedEntry>> change) => Try("written", () =>
    {
        PrivateFiles.CreateFolder(folder);
        using var held = FileLock.Take(Path.Combine(folder, ".lock"));
        List<IssuedEntry> entries = [.. Read().Where(entry => entry.NotAfter + Remembered > clock.GetUtcNow())];
        change(entries);
        PrivateFiles.Write(_path, JsonSerializer.Serialize(entries, Format) + "\n");
        return true;
    });

    private T Try<T>(string what, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GatewayPkiException($"{_path}: cannot be {what} ({e.Message.TrimEnd('.')}). Make it accessible for the user that runs the gateway, or set Gateway:Home to another folder.", e);
        }
        catch (JsonException e)
        {
            throw new GatewayPkiException($"{_path}: is damaged ({e.Message.TrimEnd('.')}). Put back a copy; without the list, revoked certificates would count again, so that only deleting pki/client-ca.pem with it is safe: it ends all that were issued.", e);
        }
    }
}
