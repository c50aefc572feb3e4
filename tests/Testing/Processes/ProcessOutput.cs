using System.Text;

namespace KubeLens.Testing;

/// <summary>What a program has printed so far: each stream's text, and the lines of both in the order they were completed.</summary>
internal sealed class ProcessOutput
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public string Output => Read(() => _output.ToString());

    public string Error => Read(() => _error.ToString());

    public IReadOnlyList<string> Lines => Read(() => _lines.ToArray());

    /// <summary>Reads both streams until both have ended.</summary>
    public Task ReadAsync(StreamReader output, StreamReader error) => Task.WhenAll(ReadAsync(output, _output), ReadAsync(error, _error));

    private async Task ReadAsync(StreamReader reader, StringBuilder text)
    {
        var buffer = new char[4096];
        var line = new StringBuilder();
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            lock (_lock)
            {
                text.Append(buffer, 0, count);
                foreach (var character in buffer.AsSpan(0, count))
                {
                    if (character == '\n')
                    {
                        _lines.Add(line.ToString());
                        line.Clear();
                    }
                    else if (character != '\r')
                    {
                        line.Append(character);
                    }
                }
            }
        }

        lock (_lock)
        {
            if (line.Length > 0)
            {
                _lines.Add(line.ToString());
            }
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
