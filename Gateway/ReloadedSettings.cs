using KubeLens.ServiceDefaults;
using Microsoft.Extensions.Primitives;

namespace KubeLens.Gateway;

/// <summary>Settings made ready for use, and made anew when their sources change. What cannot be used leaves the former ones in force, and is told once.</summary>
internal sealed class ReloadedSettings<T> : IDisposable
    where T : class
{
    private readonly Func<T> _read;
    private readonly Func<T, string> _stampOf;
    private readonly Action<T> _changed;
    private readonly Action<string> _notRenewed;
    private readonly IDisposable _changes;
    private volatile T _current;
    private string? _problem;

    /// <param name="configuration">Tells when to read again.</param>
    /// <param name="read">Reads all of it; at first here.</param>
    /// <param name="stampOf">Same for the same settings, which then stay.</param>
    /// <param name="changed">Others are in force.</param>
    /// <param name="notRenewed">Why the former ones stay.</param>
    /// <exception cref="ConfigurationException">Each problem with its key and its fix.</exception>
    public ReloadedSettings(IConfiguration configuration, Func<IConfiguration, T> read, Func<T, string> stampOf, Action<T> changed, Action<string> notRenewed)
    {
        (_read, _stampOf, _changed, _notRenewed) = (() => read(configuration), stampOf, changed, notRenewed);
        _current = _read();
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    public T Current => _current;

    public void Dispose() => _changes.Dispose();

    private void Reload()
    {
        try
        {
            var next = _read();
            _problem = null;
            if (_stampOf(next) != _stampOf(_current))
            {
                _current = next;
                _changed(next);
            }
        }
        catch (ConfigurationException e)
        {
            // Every source of settings tells of the same reading.
            if (_problem != e.Message)
            {
                _problem = e.Message;
                _notRenewed(string.Join(' ', e.Problems));
            }
        }
    }
}
