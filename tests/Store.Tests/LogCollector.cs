using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace KubeLens.Store.Tests;

/// <summary>Keeps every log line.</summary>
internal sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, EventId Id, string Text)> _lines = new();

    public IReadOnlyCollection<(LogLevel Level, EventId Id, string Text)> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Collecting(_lines);

    public void Dispose()
    {
    }

    private sealed class Collecting(ConcurrentQueue<(LogLevel, EventId, string)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, eventId, $"{formatter(state, exception)} {exception}"));
    }
}
