using KubeLens.Gateway.Normalize;
using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Redact.Rules;

/// <summary>The operator's rules in force. They are read again with the settings; a call meets those of its end.</summary>
/// <exception cref="ConfigurationException">Each problem with its key and its fix.</exception>
internal sealed class RedactRules(IConfiguration configuration, ILogger<RedactRules> logger) : IDisposable
{
    private readonly ReloadedSettings<RedactRuleSet> _settings = new(
        configuration, RedactRuleReader.Read, rules => rules.Stamp, _ => RedactLog.RulesChanged(logger), problem => RedactLog.RulesNotRenewed(logger, problem));

    /// <summary>Null where no rule matches.</summary>
    /// <param name="cluster">Its name, as in records.</param>
    /// <param name="info">Of the call.</param>
    public CallRules? For(string cluster, RequestInfo info) => _settings.Current.For(cluster, info);

    public void Dispose() => _settings.Dispose();
}
