using System.Runtime.InteropServices;

namespace KubeLens.AppHost.Linux;

/// <summary>Ctrl-C, SIGTERM and a closed terminal ask for a stop; a second one ends everything at once.</summary>
internal sealed class SignalHandling : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _kill = new();

    public SignalHandling() => _registrations.AddRange(
        new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Handle)));

    public CancellationToken Stop => _stop.Token;

    public CancellationToken Kill => _kill.Token;

    public void RequestStop() => _stop.Cancel();

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stop.Dispose();
        _kill.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_stop.IsCancellationRequested)
        {
            _kill.Cancel();
        }
        else
        {
            _stop.Cancel();
        }
    }
}
