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
        var file = ProcessUsage.Family(root).SelectMany(id => Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{id}-*-socket")).FirstOrDefault()
            ?? throw new BenchException("The gateway's process has no diagnostics socket.");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(file), cancellationToken);
        await socket.SendAsync(Request(), cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
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
