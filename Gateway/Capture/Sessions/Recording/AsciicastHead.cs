using System.Buffers;
using System.Text.Json;

namespace KubeLens.Gateway.Capture.Sessions.Recording;

/// <summary>The first line of an asciicast. A terminal whose size nobody told is 80 by 24.</summary>
internal sealed record AsciicastHead(int Columns, int Rows, DateTimeOffset Began, string Command)
{
    private const int UsualColumns = 80, UsualRows = 24;

    public void Write(IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, AsciicastEvents.Json))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 2);
            json.WriteNumber("width", Columns > 0 ? Columns : UsualColumns);
            json.WriteNumber("height", Rows > 0 ? Rows : UsualRows);
            json.WriteNumber("timestamp", Began.ToUnixTimeSeconds());
            if (Command.Length > 0)
            {
                json.WriteString("command", Command);
            }

            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }
}
