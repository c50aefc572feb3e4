using System.Text;
using KubeLens.AppHost.Terminal;

namespace KubeLens.AppHost.Tests.Support;

/// <summary>Collects what is written, for reading while it is written.</summary>
internal sealed class CapturedOutput : TextWriter
{
    private readonly StringBuilder _text = new();
    private readonly Lock _gate = new();

    public override Encoding Encoding => Encoding.UTF8;

    public string Text
    {
        get
        {
            lock (_gate)
            {
                return _text.ToString();
            }
        }
    }

    public IReadOnlyList<string> Lines => Text.Split('\n');

    public override void Write(char value)
    {
        lock (_gate)
        {
            _text.Append(value);
        }
    }

    public LogStream LogStream(TimeProvider? time = null, bool coloured = false) => new(this, coloured, time ?? TimeProvider.System);

    public void Add(string line) => WriteLine(line);
}
