using System.Buffers;
using System.Text;

namespace KubeLens.Store.Export.Csv;

/// <summary>RFC 4180: a header line, then a line a call; CRLF; UTF-8 without a byte order mark.</summary>
internal sealed class CsvWriter(IBufferWriter<byte> output) : IExportWriter
{
    private readonly StringBuilder _line = new();

    public void Begin() => WriteLine(column => column.Name);

    public void Write(ExportedCall call) => WriteLine(column => column.Value(call.Details));

    public void End()
    {
    }

    public void Dispose()
    {
    }

    private void WriteLine(Func<CsvColumn, string> cell)
    {
        _line.Clear();
        foreach (var column in CsvColumns.All)
        {
            CsvCell.Append(column == CsvColumns.All[0] ? _line : _line.Append(','), cell(column));
        }

        Encoding.UTF8.GetBytes(_line.Append("\r\n").ToString(), output);
    }
}
