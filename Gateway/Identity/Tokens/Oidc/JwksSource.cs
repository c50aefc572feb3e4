using KubeLens.ServiceDefaults;
using Microsoft.IdentityModel.Tokens;

namespace KubeLens.Gateway.Identity.Tokens.Oidc;

/// <summary>The issuer's keys, read again in time. When that fails, the former ones stay in use.</summary>
/// <param name="read">Gives the JSON Web Key Set's text; throws <see cref="TokenUnverifiedException"/>.</param>
/// <param name="period">How long keys are used without another look.</param>
internal sealed class JwksSource(Func<CancellationToken, Task<string>> read, TimeSpan period, TimeProvider clock)
{
    // Tokens with made-up key ids must not make the gateway hammer the issuer.
    private static readonly TimeSpan RenewAtMostEvery = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private volatile Held? _held;
    private Task<Held>? _reading;

    public static JwksSource Of(OidcOptions options, TimeProvider clock) => options.JwksFile.Length > 0
        ? OfFile(options.JwksFile, clock)
        : new JwksSource(new JwksDownload(new Uri(options.JwksUri)).ReadAsync, TimeSpan.FromMinutes(10), clock);

    /// <exception cref="TokenUnverifiedException">There are none and none can be had.</exception>
    public async Task<IReadOnlyList<SecurityKey>> GetAsync(CancellationToken cancellationToken)
    {
        var held = _held;
        return held is not null && clock.GetElapsedTime(held.Read) < period ? held.Keys : (await ReadAsync(held, cancellationToken)).Keys;
    }

    /// <summary>Looks for keys that are newer than those that did not serve.</summary>
    /// <returns>Whether it looked.</returns>
    public async Task<bool> RenewAsync(CancellationToken cancellationToken)
    {
        var held = _held;
        if (held is not null && clock.GetElapsedTime(held.Read) < RenewAtMostEvery)
        {
            return false;
        }

        await ReadAsync(held, cancellationToken);
        return true;
    }

    // One look at a time, whoever waits for it; a caller that leaves does not take it away from the others.
    private Task<Held> ReadAsync(Held? former, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ReferenceEquals(former, _held) ? (_reading ??= ReadAsync(former)).WaitAsync(cancellationToken) : Task.FromResult(_held!);
        }
    }

    private async Task<Held> ReadAsync(Held? former)
    {
        // Leaves the lock before anything can complete.
        await Task.Yield();
        try
        {
            return _held = new Held(Parse(await read(CancellationToken.None)), clock.GetTimestamp());
        }
        catch (TokenUnverifiedException) when (former is not null)
        {
            return _held = former with { Read = clock.GetTimestamp() };
        }
        finally
        {
            lock (_lock)
            {
                _reading = null;
            }
        }
    }

    // The start reads the file once, so that a bad one ends it there.
    private static JwksSource OfFile(string file, TimeProvider clock)
    {
        try
        {
            Parse(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TokenUnverifiedException)
        {
            throw new ConfigurationException($"{IdentityOptions.Section}:Oidc:JwksFile is {file}, which cannot be used: {e.Message.TrimEnd('.')}. Give the issuer's JSON Web Key Set.", e);
        }

        return new JwksSource(cancellationToken => ReadFileAsync(file, cancellationToken), TimeSpan.FromSeconds(10), clock);
    }

    private static async Task<string> ReadFileAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TokenUnverifiedException("the issuer's keys cannot be read", e);
        }
    }

    private static IReadOnlyList<SecurityKey> Parse(string json)
    {
        try
        {
            // Only keys with a public half: a shared secret in the set would let whoever reads it sign.
            var keys = JsonWebKeySet.Create(json).Keys.Where(key => key.Kty is "RSA" or "EC" && key.Use is null or "" or "sig").ToList();
            return keys.Count > 0 ? [.. keys] : throw new TokenUnverifiedException("the issuer's key set holds no RSA or EC key for signatures");
        }
        catch (Exception e) when (e is ArgumentException or System.Text.Json.JsonException)
        {
            throw new TokenUnverifiedException("the issuer's key set cannot be read", e);
        }
    }

    private sealed record Held(IReadOnlyList<SecurityKey> Keys, long Read);
}
