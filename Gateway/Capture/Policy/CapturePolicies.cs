using KubeLens.Gateway.Clusters;
using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Capture.Policy;

/// <summary>The rules in force. They are read again with the settings; calls under way keep the rule that they have, and the same rules their counts.</summary>
internal sealed class CapturePolicies : IDisposable
{
    private readonly ILogger<CapturePolicies> _logger;
    private readonly ReloadedSettings<PolicySet> _settings;

    /// <exception cref="ConfigurationException">Each problem with its key and its fix.</exception>
    public CapturePolicies(IConfiguration configuration, ILogger<CapturePolicies> logger)
    {
        _logger = logger;
        _settings = new ReloadedSettings<PolicySet>(configuration, PolicyReader.Read, policies => policies.Stamp, Changed, logger.PolicyNotRenewed);
        Warn(_settings.Current);
    }

    /// <summary>Null where everything is kept.</summary>
    public CapturePolicy? For(ClusterPlan cluster) => _settings.Current.For(cluster.Key) is { IsEmpty: false } policy ? policy : null;

    public void Dispose() => _settings.Dispose();

    private void Changed(PolicySet policies)
    {
        _logger.PolicyChanged();
        Warn(policies);
    }

    private void Warn(PolicySet policies)
    {
        foreach (var warning in policies.Warnings)
        {
            _logger.PolicyDoubtful(warning);
        }
    }
}
