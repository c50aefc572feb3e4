using System.Text;

namespace KubeLens.AppHost.Processes;

/// <summary>Hands a stream on line by line. A line without an end is cut, so that it cannot fill our memory.</summary>
internal static class LinePump
{
    public const int LongestLine = 16 * 1024;

    public static async Task RunAsync(TextReader reader, Action<string> write)
    {
        var buffer = new char[4096];
        var line = new StringBuilder();
        while (await reader.ReadAsync(buffer) is var read and > 0)
        {
            for (var index = 0; index < read; index++)
            {
                if (buffer[index] == '\n' || line.Length == LongestLine)
                {
                    Flush(line, write);
                }

                if (buffer[index] != '\n')
                {
                    line.Append(buffer[index]);
                }
            }
        }

        if (line.Length > 0)
        {
            Flush(line, write);
        }
    }

    private static void Flush(StringBuilder line, Action<string> write)
    {
        write(line.ToString().TrimEnd('\r'));
        line.Clear();
    }
}
