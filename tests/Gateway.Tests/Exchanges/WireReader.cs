using System.Globalization;
using System.Text;

namespace KubeLens.Gateway.Tests.Exchanges;

/// <summary>Reads HTTP/1.1 messages as the bytes that they are, one after the other.</summary>
internal sealed class WireReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly List<byte> _message = [];
    private int _at, _end;

    /// <summary>What was read of the current message.</summary>
    public byte[] SoFar => [.. _message];

    /// <summary>A head with its empty line; empty at the end of the stream.</summary>
    public async Task<string> ReadHeadAsync(CancellationToken cancellationToken)
    {
        _message.Clear();
        return await ReadLinesAsync(cancellationToken);
    }

    /// <summary>The rest of a request whose head was read.</summary>
    public Task ReadRequestBodyAsync(string head, CancellationToken cancellationToken) => ReadBodyAsync(head, untilEnd: false, cancellationToken);

    /// <summary>A response with the interim ones before it, as far as it goes. Of one that switches protocols the head alone.</summary>
    public async Task<byte[]> ReadResponseAsync(bool toHead, CancellationToken cancellationToken)
    {
        _message.Clear();
        string head;
        do
        {
            head = await ReadLinesAsync(cancellationToken);
        }
        while (Status(head) is >= 100 and < 200 and not 101);
        if (head.Length > 0 && !toHead && Status(head) is not (101 or 204 or 304))
        {
            await ReadBodyAsync(head, untilEnd: true, cancellationToken);
        }

        return SoFar;
    }

    /// <summary>So many bytes, for whoever goes on without HTTP; fewer at the end of the stream.</summary>
    public async Task ReadExactlyAsync(int count, CancellationToken cancellationToken)
    {
        while (count > 0 && await FillAsync(cancellationToken))
        {
            var part = Math.Min(count, _end - _at);
            _message.AddRange(_buffer.AsSpan(_at, part));
            (_at, count) = (_at + part, count - part);
        }
    }

    public Task ReadToEndAsync(CancellationToken cancellationToken) => ReadExactlyAsync(int.MaxValue, cancellationToken);

    /// <summary>The values of a header, in their order.</summary>
    public static IEnumerable<string> Header(string head, string name) => head.Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim());

    public static int Status(string head) => head.Split(' ') is [_, { Length: >= 3 } status, ..] && int.TryParse(status.AsSpan(0, 3), CultureInfo.InvariantCulture, out var code) ? code : 0;

    private async Task ReadBodyAsync(string head, bool untilEnd, CancellationToken cancellationToken)
    {
        if (Header(head, "Transfer-Encoding").Contains("chunked"))
        {
            // 1b\r\n<27 bytes>\r\n0\r\nTrailer: x\r\n\r\n
            while (await ReadLineAsync(cancellationToken) is { Length: > 0 } line && int.Parse(line.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var size and > 0)
            {
                await ReadExactlyAsync(size + 2, cancellationToken);
            }

            await ReadLinesAsync(cancellationToken);
        }
        else if (Header(head, "Content-Length").FirstOrDefault() is { } length)
        {
            await ReadExactlyAsync(int.Parse(length, CultureInfo.InvariantCulture), cancellationToken);
        }
        else if (untilEnd)
        {
            await ReadToEndAsync(cancellationToken);
        }
    }

    private async Task<string> ReadLinesAsync(CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        for (string line; (line = await ReadLineAsync(cancellationToken)).Length > 0;)
        {
            head.Append(line).Append("\r\n");
        }

        return head.ToString();
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (await FillAsync(cancellationToken))
        {
            var next = _buffer[_at++];
            _message.Add(next);
            if (next == '\n')
            {
                break;
            }

            line.Append((char)next);
        }

        return line.ToString().TrimEnd('\r');
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_at == _end)
        {
            (_at, _end) = (0, await stream.ReadAsync(_buffer, cancellationToken));
        }

        return _at < _end;
    }
}
