using System.Text;
using KubeLens.DemoCluster.Pods.Shell;

namespace KubeLens.DemoCluster.Pods.Exec;

/// <summary>A shell on a terminal: prompt, echo, backspace, Ctrl-C, Ctrl-D. Arrow keys and their likes do nothing.</summary>
internal sealed class TerminalShell(ExecSocket streams, CannedShell shell)
{
    private const byte CtrlC = 3, CtrlD = 4, Backspace = 8, Escape = 27, Delete = 127;
    private const int MostLine = 64 * 1024;

    private readonly List<byte> _line = [];
    private readonly List<byte> _screen = [];
    private bool _inEscape;
    private bool _afterReturn;
    private bool _left;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Print(Prompt);
        await ShowAsync(cancellationToken);
        while (!shell.HasExited && !_left && await streams.Input.WaitToReadAsync(cancellationToken))
        {
            while (!shell.HasExited && !_left && streams.Input.TryRead(out var bytes))
            {
                foreach (var key in bytes.ToArray())
                {
                    Type(key);
                    if (shell.HasExited || _left)
                    {
                        break;
                    }
                }
            }

            await ShowAsync(cancellationToken);
        }

        return shell.LastCode;
    }

    /// <summary>As a terminal wants them.</summary>
    public static string Lines(string text) => text.Replace("\n", "\r\n", StringComparison.Ordinal);

    private string Prompt => $"{shell.Folder} # ";

    private void Type(byte key)
    {
        var isSecondOfPair = key == '\n' && _afterReturn;
        _afterReturn = key == '\r';
        if (_inEscape)
        {
            // ESC [ A: ends with a letter or ~.
            _inEscape = !(char.IsAsciiLetter((char)key) || key == '~');
            return;
        }

        switch (key)
        {
            case (byte)'\n' when isSecondOfPair:
                break;
            case (byte)'\r' or (byte)'\n':
                Enter();
                break;
            case CtrlC:
                _line.Clear();
                Print("^C\r\n" + Prompt);
                break;
            case CtrlD when _line.Count == 0:
                Print("exit\r\n");
                _left = true;
                break;
            case Backspace or Delete:
                Erase();
                break;
            case Escape:
                _inEscape = true;
                break;
            case >= (byte)' ' when _line.Count < MostLine:
                _line.Add(key);
                _screen.Add(key);
                break;
            default:
                break;
        }
    }

    private void Enter()
    {
        var line = Encoding.UTF8.GetString([.. _line]);
        _line.Clear();
        Print("\r\n");
        var result = shell.RunLine(line, "");
        Print(Lines(result.Output + result.Error));
        if (!shell.HasExited)
        {
            Print(Prompt);
        }
    }

    private void Erase()
    {
        if (_line.Count == 0)
        {
            return;
        }

        // A character of several bytes goes as a whole.
        while (_line.Count > 1 && (_line[^1] & 0xC0) == 0x80)
        {
            _line.RemoveAt(_line.Count - 1);
        }

        _line.RemoveAt(_line.Count - 1);
        Print("\b \b");
    }

    private void Print(string text) => _screen.AddRange(Encoding.UTF8.GetBytes(text));

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        if (_screen.Count > 0)
        {
            await streams.SendAsync(ExecSocket.Stdout, _screen.ToArray(), cancellationToken);
            _screen.Clear();
        }
    }
}
