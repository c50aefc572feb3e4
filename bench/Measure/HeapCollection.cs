using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace KubeLens.Bench.Measure;

/// <summary>
/// Has a .NET process collect its whole heap, as <c>dotnet-gcdump</c> does: an idle process does not by itself. It asks for an event session
/// with the keyword GCHeapCollect (https://github.com/dotnet/diagnostics/blob/main/documentation/design-docs/ipc-protocol.md).
/// </summary>
internal static class HeapCollection
{
    private const ulong GCHeapCollect = 0x800000;

    public static async Task InduceAsync(int root, CancellationToken cancellationToken)
    {
        var file = ProcessUsage.Family(root).Select(SocketOf).FirstOrDefault(File.Exists)
            ?? throw new BenchException("The gateway's process has no diagnostics socket.");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(file), cancellationToken);
        await socket.SendAsync(Request(), cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
    }

    // The socket of a process that was killed stays, and its id may come again: the runtime therefore puts the time of the process's start beside
    // it, in clock ticks since boot, as it stands in field 22 of stat. Field 2 is the program's name, which may hold spaces and parentheses.
    internal static string SocketOf(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        var started = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[22 - 3];
        return Path.Combine(Path.GetTempPath(), $"dotnet-diagnostic-{id}-{started}-socket");
    }

    // "DOTNET_IPC_V1\0", size, EventPipe (2), CollectTracing2 (3), 0; buffer in MB, format nettrace (1), no rundown, one provider: keywords, level, name, no filter
    private static byte[] Request()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write("DOTNET_IPC_V1\0"u8);
        writer.Write((ushort)0);
        writer.Write([2, 3, 0, 0]);
        writer.Write(1);
        writer.Write(1);
        writer.Write(false);
        writer.Write(1);
        writer.Write(GCHeapCollect);
        writer.Write(4);
        Write(writer, "Microsoft-Windows-DotNETRuntime");
        Write(writer, "");
        var request = bytes.ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(request.AsSpan(14), (ushort)request.Length);
        return request;
    }

    private static void Write(BinaryWriter writer, string text)
    {
        writer.Write(text.Length + 1);
        writer.Write(Encoding.Unicode.GetBytes(text + '\0'));
    }
}
