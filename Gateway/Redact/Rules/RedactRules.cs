using KubeLens.Gateway.Normalize;
using KubeLens.ServiceDefaults;
using Microsoft.Extensions.Primitives;

namespace KubeLens.Gateway.Redact.Rules;

/// <summary>The operator's rules in force. They are read again with the settings; a call meets those of its end.</summary>
internal sealed class RedactRules : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ILogger<RedactRules> _logger;
    private readonly IDisposable _changes;
    private volatile RedactRuleSet _current;
    private string? _problem;

    /// <exception cref="ConfigurationException">Each problem with its key and its fix.</exception>
    public RedactRules(IConfiguration configuration, ILogger<RedactRules> logger)
    {
        (_configuration, _logger) = (configuration, logger);
        _current = RedactRuleReader.Read(configuration);
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>Null where no rule matches.</summary>
    /// <param name="cluster">Its name, as in records.</param>
    /// <param name="info">Of the call.</param>
    public CallRules? For(string cluster, RequestInfo info) => _current.For(cluster, info);

    public void Dispose() => _changes.Dispose();

    private void Reload()
    {
        try
        {
            var next = RedactRuleReader.Read(_configuration);
            _problem = null;
            if (next.Stamp != _current.Stamp)
            {
                _current = next;
                RedactLog.RulesChanged(_logger);
            }
        }
        catch (ConfigurationException e)
        {
            // Every source of settings tells of the same reading.
            if (_problem != e.Message)
            {
                _problem = e.Message;
                RedactLog.RulesNotRenewed(_logger, string.Join(' ', e.Problems));
            }
        }
    }
}
