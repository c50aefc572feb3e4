using System.Collections;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace KubeLens.Store.Tests.Distribution;

/// <summary>Keeps the text of every statement that the driver says it sends once tables are distributed: what made them before never meets Citus. Of a COPY the driver does not tell the text.</summary>
internal sealed class SqlCapture : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, bool> _texts = new(StringComparer.Ordinal);

    private volatile bool _begun;

    public IReadOnlyCollection<string> Texts => [.. _texts.Keys.Order(StringComparer.Ordinal)];

    public ILogger CreateLogger(string categoryName) => new Capturing(this);

    private void Take(string text)
    {
        _begun |= text.Contains("create_distributed_table(", StringComparison.Ordinal);
        if (_begun)
        {
            _texts[text] = true;
        }
    }

    public void Dispose()
    {
    }

    private sealed class Capturing(SqlCapture capture) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            foreach (var (name, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
            {
                switch (name, value)
                {
                    case ("CommandText" or "CopyCommand", string text):
                        capture.Take(text);
                        break;
                    case ("BatchCommands", IEnumerable commands):
                        foreach (var command in commands)
                        {
                            capture.Take(command as string ?? (command.GetType().GetField("Item1")?.GetValue(command) ?? command).ToString()!);
                        }

                        break;
                }
            }
        }
    }
}
