using KubeLens.Gateway.Clusters;
using KubeLens.ServiceDefaults;
using Microsoft.Extensions.Primitives;

namespace KubeLens.Gateway.Capture.Policy;

/// <summary>The rules in force. They are read again with the settings; calls under way keep the rule that they have.</summary>
internal sealed class CapturePolicies : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ILogger<CapturePolicies> _logger;
    private readonly IDisposable _changes;
    private volatile PolicySet _current;
    private string? _problem;

    /// <exception cref="ConfigurationException">Each problem with its key and its fix.</exception>
    public CapturePolicies(IConfiguration configuration, ILogger<CapturePolicies> logger)
    {
        (_configuration, _logger) = (configuration, logger);
        _current = PolicyReader.Read(configuration);
        Warn(_current);
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>Null where everything is kept.</summary>
    public CapturePolicy? For(ClusterPlan cluster) => _current.For(cluster.Key) is { IsEmpty: false } policy ? policy : null;

    public void Dispose() => _changes.Dispose();

    private void Reload()
    {
        try
        {
            // The same rules stay, with their counts.
            var next = PolicyReader.Read(_configuration);
            _problem = null;
            if (next.Stamp != _current.Stamp)
            {
                _current = next;
                _logger.PolicyChanged();
                Warn(next);
            }
        }
        catch (ConfigurationException e)
        {
            // Every source of settings tells of the same reading.
            if (_problem != e.Message)
            {
                _problem = e.Message;
                _logger.PolicyNotRenewed(string.Join(' ', e.Problems));
            }
        }
    }

    private void Warn(PolicySet policies)
    {
        foreach (var warning in policies.Warnings)
        {
            _logger.PolicyDoubtful(warning);
        }
    }
}
