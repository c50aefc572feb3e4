using System.Collections;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace KubeLens.Store.Tests.Distribution;

/// <summary>Keeps the text of every statement that the driver says it sends.</summary>
internal sealed class SqlCapture : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, bool> _texts = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Texts => [.. _texts.Keys.Order(StringComparer.Ordinal)];

    public ILogger CreateLogger(string categoryName) => new Capturing(_texts);

    public void Dispose()
    {
    }

    private sealed class Capturing(ConcurrentDictionary<string, bool> texts) : ILogger
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
                        texts[text] = true;
                        break;
                    case ("BatchCommands", IEnumerable commands):
                        foreach (var command in commands)
                        {
                            texts[command as string ?? (command.GetType().GetField("Item1")?.GetValue(command) ?? command).ToString()!] = true;
                        }

                        break;
                }
            }
        }
    }
}
