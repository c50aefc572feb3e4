using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace KubeLens.Gateway.Tests.Spool;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogLines : ILoggerProvider, ILoggerFactory
{
    private readonly ConcurrentQueue<(int Id, LogLevel Level, string Text)> _lines = new();

    public IReadOnlyList<(int Id, LogLevel Level, string Text)> All => [.. _lines];

    public int Count(int id) => All.Count(line => line.Id == id);

    public ILogger CreateLogger(string categoryName) => new Lines(this);

    public ILogger<T> For<T>() => this.CreateLogger<T>();

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("one sink is enough");

    public void Dispose()
    {
        // Nothing is held but lines.
    }

    private sealed class Lines(LogLines lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines._lines.Enqueue((eventId.Id, logLevel, exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}"));
    }
}
