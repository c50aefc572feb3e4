using System.Runtime.InteropServices;

namespace KubeLens.AppHost.Linux;

/// <summary>The calls into libc that .NET has no method for.</summary>
internal static partial class UnixProcess
{
    private const int InterruptSignal = 2;
    private const int QuitSignal = 3;

    public static bool IsRoot { get; } = GetEffectiveUser() == 0;

    public static uint User => GetEffectiveUser();

    public static int Parent => GetParent();

    /// <summary>Asks PostgreSQL for a fast shutdown: running transactions are rolled back.</summary>
    public static void Interrupt(int process) => _ = Signal(process, InterruptSignal);

    /// <summary>Asks PostgreSQL to end at once; it recovers from its log at the next start.</summary>
    public static void Quit(int process) => _ = Signal(process, QuitSignal);

    public static void ChangeOwner(string path, uint user, uint group)
    {
        if (SetOwner(path, user, group) != 0)
        {
            throw new AppHostException($"{path} cannot be given to user {user}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParent();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int SetOwner(string path, uint user, uint group);
}
