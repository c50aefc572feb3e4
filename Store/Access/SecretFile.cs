using System.Security.Cryptography;
using System.Text;

namespace KubeLens.Store.Access;

/// <summary>A file with one secret. It is read again when its time or length changes, so a token can be replaced under a running Store.</summary>
internal sealed class SecretFile(string key, string path, ILogger logger)
{
    private readonly Lock _turn = new();
    private (DateTime WrittenAt, long Length) _version;
    private byte[]? _digest;
    private string _complaint = "";

    /// <summary>Compares in constant time. False when there is no readable file, or it is empty.</summary>
    public bool Holds(string secret)
    {
        var digest = Digest();
        return digest is not null && CryptographicOperations.FixedTimeEquals(digest, SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
    }

    private byte[]? Digest()
    {
        lock (_turn)
        {
            try
            {
                var file = new FileInfo(path);
                var version = (file.LastWriteTimeUtc, file.Exists ? file.Length : -1);
                if (version != _version || _digest is null)
                {
                    var text = File.ReadAllText(path).Trim();
                    _digest = text.Length > 0 ? SHA256.HashData(Encoding.UTF8.GetBytes(text)) : null;
                    _version = version;
                    Complain(text.Length > 0 ? "" : "it is empty");
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _digest = null;
                Complain(e.Message);
            }

            return _digest;
        }
    }

    // Once for each state, not once a request.
    private void Complain(string reason)
    {
        if (reason.Length > 0 && reason != _complaint)
        {
            logger.SecretUnreadable(key, path, reason);
        }

        _complaint = reason;
    }
}
