using System.Security.Cryptography;
using System.Text;
using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Identity.Serving;

/// <summary>
/// The two files of one certificate, and what they last held that can be used. They are read whole each time: what a copy, a
/// rename and the swap of a mounted secret's link have in common is that the text is another one afterwards.
/// </summary>
/// <param name="key">The setting, for messages.</param>
internal sealed class ServingPair(string key, ServingCertificateOptions options, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan WarnAgain = TimeSpan.FromDays(1);

    private string _used = "";
    private string _bad = "";
    private bool _badIsKnown;
    private DateTimeOffset _warnAt;

    public ServingCertificate Current { get; private set; } = null!;

    /// <exception cref="ConfigurationException">There is nothing to serve with; the message names the setting and the fix.</exception>
    public void Load()
    {
        try
        {
            Use(Read());
        }
        catch (Exception e) when (IsExpected(e))
        {
            throw new ConfigurationException($"{Problem(e)} Give a PEM certificate with its chain, and its key without a password.", e);
        }

        if (Current.DnsNames.Count + Current.Addresses.Count == 0)
        {
            logger.CertificateWithoutNames(key, options.CertificateFile);
        }
    }

    /// <returns>Whether <see cref="Current"/> is another one now.</returns>
    public bool Look()
    {
        var text = "";
        try
        {
            var files = Read();
            text = files.Digest;
            if (text == _used)
            {
                _bad = "";
                return false;
            }

            Use(files);
            logger.CertificateReloaded(options.CertificateFile, Current.Leaf.Subject, Current.Leaf.NotAfter.ToUniversalTime());
            return true;
        }
        catch (Exception e) when (IsExpected(e))
        {
            Report(text.Length > 0 ? text : e.Message, e);
            return false;
        }
    }

    /// <summary>Warns once a day while clients refuse the certificate or will soon.</summary>
    public void CheckTime()
    {
        var now = clock.GetUtcNow();
        if (now >= _warnAt && Current.TimeProblem(now) is { } problem)
        {
            _warnAt = now + WarnAgain;
            logger.CertificateEnds(options.CertificateFile, Current.Leaf.Subject, problem);
        }
    }

    private static bool IsExpected(Exception e) => e is IOException or UnauthorizedAccessException or CryptographicException;

    private (string Certificate, string Key, string Digest) Read()
    {
        var (certificate, secret) = (File.ReadAllText(options.CertificateFile), File.ReadAllText(options.KeyFile));
        return (certificate, secret, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{certificate}\0{secret}"))));
    }

    private void Use((string Certificate, string Key, string Digest) files)
    {
        Current = ServingCertificate.Parse(files.Certificate, files.Key, options.Default);
        (_used, _bad, _warnAt) = (files.Digest, "", default);
    }

    // Two files cannot be replaced in one step: only what is still wrong at the next look is worth a line, and only one.
    private void Report(string what, Exception e)
    {
        if (what != _bad)
        {
            (_bad, _badIsKnown) = (what, false);
        }
        else if (!_badIsKnown)
        {
            _badIsKnown = true;
            logger.CertificateUnusable(Problem(e), Current.Leaf.NotAfter.ToUniversalTime());
        }
    }

    private string Problem(Exception e) =>
        $"{key}: {options.CertificateFile} with {options.KeyFile} cannot be used ({e.Message.TrimEnd('.')}).";
}
