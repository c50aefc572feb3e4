using System.Globalization;
using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Options;

namespace KubeLens.AppHost.State;

/// <summary>One AppHost a state folder. The system lets go of the lock when the process ends, in whatever way.</summary>
internal sealed class HomeLock : IDisposable
{
    private readonly FileStream _file;

    private HomeLock(FileStream file) => _file = file;

    /// <summary>Null when another AppHost has it; <see cref="HeldMessage"/> says which.</summary>
    public static HomeLock? TryTake(string home)
    {
        FileStream file;
        try
        {
            file = new FileStream(LockFile(home), new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = PrivatePath.SecretMode,
            });
        }
        catch (IOException exception) when (exception.HResult == PrivatePath.WouldBlock)
        {
            return null;
        }

        PrivatePath.WriteFile(OwnerFile(home), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new HomeLock(file);
    }

    /// <summary>Whether another AppHost has the lock now.</summary>
    public static bool IsHeld(string home)
    {
        if (!File.Exists(LockFile(home)))
        {
            return false;
        }

        try
        {
            new FileStream(LockFile(home), FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return false;
        }
        catch (IOException exception) when (exception.HResult == PrivatePath.WouldBlock)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false; // the start will say so
        }
    }

    // The lock file itself cannot be read while it is locked.
    public static string HeldMessage(string home) =>
        $"Another AppHost ({(File.Exists(OwnerFile(home)) ? $"process {File.ReadAllText(OwnerFile(home))}" : "unknown")}) already runs with the state in {home}. Stop it, or set {OptionsCheck.HomeVariable} to another folder and choose other ports.";

    /// <summary>It marks a state folder, too.</summary>
    public static string LockFile(string home) => Path.Combine(home, "apphost.lock");

    public void Dispose() => _file.Dispose();

    private static string OwnerFile(string home) => Path.Combine(home, "apphost.pid");
}
