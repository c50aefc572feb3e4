using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace KubeLens.Store.Database;

/// <summary>
/// Rows in the binary form of COPY (https://www.postgresql.org/docs/current/sql-copy.html), written value by value into one buffer and
/// sent together: the driver's own importer takes an asynchronous step a value, which costs more than the row.
/// </summary>
internal sealed class CopyRows : IDisposable
{
    private const int NoValue = -1;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _length;

    public CopyRows()
    {
        // A signature, and two numbers of what does not follow.
        ReadOnlySpan<byte> start = [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xff, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];
        start.CopyTo(Take(start.Length));
    }

    /// <summary>Begins a row, which has so many values.</summary>
    public void Row(int values) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), (short)values);

    public void Null() => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), NoValue);

    public void Write(short value) => BinaryPrimitives.WriteInt16BigEndian(Value(sizeof(short)), value);

    public void Write(int value) => BinaryPrimitives.WriteInt32BigEndian(Value(sizeof(int)), value);

    public void Write(int? value)
    {
        if (value is { } known)
        {
            Write(known);
        }
        else
        {
            Null();
        }
    }

    public void Write(long value) => BinaryPrimitives.WriteInt64BigEndian(Value(sizeof(long)), value);

    public void Write(long? value)
    {
        if (value is { } known)
        {
            Write(known);
        }
        else
        {
            Null();
        }
    }

    public void Write(Guid? value)
    {
        if (value is { } known)
        {
            known.TryWriteBytes(Value(16), bigEndian: true, out _);
        }
        else
        {
            Null();
        }
    }

    /// <summary>A <c>timestamptz</c>, to the microsecond.</summary>
    public void Write(DateTime value) => Write((value - Epoch).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <inheritdoc cref="Write(DateTime)"/>
    public void Write(DateTime? value)
    {
        if (value is { } known)
        {
            Write(known);
        }
        else
        {
            Null();
        }
    }

    public void Write(DateOnly value) => Write(value.DayNumber - DateOnly.FromDateTime(Epoch).DayNumber);

    public void Write(string value) => Encoding.UTF8.GetBytes(value, Value(Encoding.UTF8.GetByteCount(value)));

    public void Write(ReadOnlySpan<byte> value) => value.CopyTo(Value(value.Length));

    /// <summary>Sends all rows; there can be no more.</summary>
    /// <param name="connection">In the caller's transaction.</param>
    /// <param name="into">A table with its columns in the order of the values: <c>call (at, …)</c>.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task SendAsync(NpgsqlConnection connection, string into, CancellationToken cancellationToken)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), NoValue);
        await using var copy = await connection.BeginRawBinaryCopyAsync($"copy {into} from stdin (format binary)", cancellationToken);
        await copy.WriteAsync(_buffer.AsMemory(0, _length), cancellationToken);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private Span<byte> Value(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), length);
        return Take(length);
    }

    private Span<byte> Take(int length)
    {
        if (length > _buffer.Length - _length)
        {
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(2L * _buffer.Length, (long)_length + length), Array.MaxLength));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        _length += length;
        return _buffer.AsSpan(_length - length, length);
    }
}
