using System.Security.Cryptography;
using System.Text;
using KubeLens.AppHost.Linux;

namespace KubeLens.AppHost.State;

/// <summary>
/// A link that signs in once. The code is in the link only; the folder holds an empty file named after its hash, and whoever
/// deletes that file has used the code. A used one is followed by a fresh one.
/// </summary>
internal sealed class LoginLink(string folder, int portalPort)
{
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Characters = 32; // 160 bits

    private string? _file;

    /// <summary>Makes a fresh link, and takes back those of earlier runs, which nobody can see any more. Codes that the Store's command made have a text in their file, and stay.</summary>
    public string Create()
    {
        foreach (var old in new DirectoryInfo(folder).EnumerateFiles().Where(file => file.Length == 0))
        {
            old.Delete();
        }

        var code = RandomNumberGenerator.GetString(Base32, Characters);
        _file = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code))));
        PrivatePath.WriteFile(_file, "");
        return $"http://127.0.0.1:{portalPort}/login?code={code}";
    }

    /// <summary>Says to <paramref name="announce"/> what the fresh link is, each time the last one was used.</summary>
    public async Task RenewAsync(Action<string> announce, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        string? known = null;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                if (!File.Exists(_file))
                {
                    announce($"The login link was used. A fresh one: {Create()}");
                    known = null;
                }
            }
            catch (IOException problem)
            {
                // A full disk, say: nobody can sign in anew, all else goes on. Said once, tried again.
                if (known != problem.Message)
                {
                    announce($"A fresh login link cannot be made: {problem.Message}");
                }

                known = problem.Message;
            }
        }
    }
}
