using System.Net;
using KubeLens.Store.Access;
using KubeLens.Store.Access.Limits;
using KubeLens.Store.Counts;
using KubeLens.Store.Database;
using KubeLens.Store.Distribution;
using KubeLens.Store.Export;
using KubeLens.Store.Ingest;
using KubeLens.Store.Live;
using KubeLens.Store.Partitions;
using KubeLens.Store.Sealing;
using KubeLens.Store.Search;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Hosting;

/// <summary>Checks every option at start; each error names its key and what to put there.</summary>
internal sealed class StoreOptionsValidator(IConfiguration configuration) :
    IValidateOptions<StoreOptions>, IValidateOptions<DatabaseOptions>, IValidateOptions<AccessOptions>, IValidateOptions<LimitOptions>, IValidateOptions<IngestOptions>, IValidateOptions<PartitionOptions>, IValidateOptions<SearchOptions>, IValidateOptions<CountOptions>, IValidateOptions<ExportOptions>, IValidateOptions<LiveOptions>, IValidateOptions<SealingOptions>
{
    public ValidateOptionsResult Validate(string? name, StoreOptions options)
    {
        var errors = new List<string>();
        Range(errors, "Store:Port", options.Port, 0, IPEndPoint.MaxPort);
        if (!IPAddress.TryParse(options.Address, out var address) || !IPAddress.IsLoopback(address))
        {
            errors.Add($"Store:Address is \"{options.Address}\": the Store speaks plain http and binds only loopback addresses; use 127.0.0.1 or ::1");
        }

        foreach (var (key, url) in OtherAddresses())
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !uri.IsLoopback)
            {
                errors.Add($"{key} is \"{url}\": the Store binds only loopback addresses; remove it and set Store:Port");
            }
        }

        try
        {
            if (string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(configuration.GetConnectionString(DatabaseExtensions.ConnectionString)).Host))
            {
                errors.Add("ConnectionStrings:Store is missing: set it to the Postgres database, like Host=127.0.0.1;Database=kubelens;Username=kubelens");
            }
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The message names the keyword that is wrong; the string itself may hold a password.
            errors.Add($"ConnectionStrings:Store is no Npgsql connection string: {e.Message}");
        }

        return Result(errors);
    }

    public ValidateOptionsResult Validate(string? name, DatabaseOptions options) => Result(
        DistributionNames.All.Contains(options.Distribution) ? [] : [$"Database:Distribution is \"{options.Distribution}\": use {string.Join(" or ", DistributionNames.All)}"]);

    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var errors = new List<string>();
        Required(errors, "Access:ApiTokenFile", options.ApiTokenFile, "the file with the auditor's API token");
        Required(errors, "Access:ServiceTokenFile", options.ServiceTokenFile, "the file with the token between the services");
        Required(errors, "Access:LoginFolder", options.LoginFolder, "the folder with one file per unused login code");
        Required(errors, "Access:KeyFile", options.KeyFile, "the file for the key that signs sessions; it is made when missing");
        Range(errors, "Access:SessionHours", options.SessionHours, 1, 24);
        return Result(errors);
    }

    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var errors = new List<string>();
        Range(errors, "Limits:RequestsPerSecond", options.RequestsPerSecond, 0, 100_000);
        Range(errors, "Limits:Burst", options.Burst, 1, 100_000);
        return Result(errors);
    }

    public ValidateOptionsResult Validate(string? name, IngestOptions options)
    {
        var errors = new List<string>();
        Range(errors, "Ingest:MaxBodyBytes", options.MaxBodyBytes, 1024, 512 * 1024 * 1024);
        Range(errors, "Ingest:MaxConcurrent", options.MaxConcurrent, 1, 64);
        Range(errors, "Ingest:MaxWaiting", options.MaxWaiting, 0, 1024);
        Range(errors, "Ingest:BusyRetrySeconds", options.BusyRetrySeconds, 1, 3600);
        Range(errors, "Ingest:UnavailableRetrySeconds", options.UnavailableRetrySeconds, 1, 3600);
        return Result(errors);
    }

    public ValidateOptionsResult Validate(string? name, PartitionOptions options)
    {
        var errors = new List<string>();
        Range(errors, "Partitions:AheadHours", options.AheadHours, 1, 48);
        Range(errors, "Partitions:LateDays", options.LateDays, 1, 366);
        return Result(errors);
    }

    public ValidateOptionsResult Validate(string? name, SearchOptions options)
    {
        var errors = new List<string>();
        Range(errors, "Search:TimeoutSeconds", options.TimeoutSeconds, 1, 600);
        Range(errors, "Search:BodyMilliseconds", options.BodyMilliseconds, 1, 600_000);
        Range(errors, "Search:BodyMegabytes", options.BodyMegabytes, 1, 1_000_000);
        return Result(errors);
    }

    public ValidateOptionsResult Validate(string? name, CountOptions options)
    {
        var errors = new List<string>();
        Range(errors, "Counts:BudgetMilliseconds", options.BudgetMilliseconds, 10, 600_000);
        Range(errors, "Counts:MaxCalls", options.MaxCalls, 1, 10_000_000);
        return Result(errors);
    }

    public ValidateOptionsResult Validate(string? name, ExportOptions options)
    {
        var errors = new List<string>();
        Range(errors, "Export:PageSize", options.PageSize, 1, 10_000);
        Range(errors, "Export:MaxConcurrent", options.MaxConcurrent, 1, 64);
        Range(errors, "Export:TimeoutSeconds", options.TimeoutSeconds, 1, 3600);
        return Result(errors);
    }

    public ValidateOptionsResult Validate(string? name, LiveOptions options)
    {
        var errors = new List<string>();
        Range(errors, "Live:MaxFollowers", options.MaxFollowers, 1, 1000);
        Range(errors, "Live:MaxAtOnce", options.MaxAtOnce, 1, 5000);
        Range(errors, "Live:AliveSeconds", options.AliveSeconds, 1, 300);
        return Result(errors);
    }

    public ValidateOptionsResult Validate(string? name, SealingOptions options)
    {
        var errors = new List<string>();
        Range(errors, "Sealing:AfterMinutes", options.AfterMinutes, 0, 7 * 24 * 60);
        Range(errors, "Sealing:GraceMinutes", options.GraceMinutes, 0, 24 * 60);
        Range(errors, "Sealing:MaxCalls", options.MaxCalls, 100, 1_000_000);
        Range(errors, "Sealing:ChunkCalls", options.ChunkCalls, 16, 8_192);
        Range(errors, "Sealing:CpuPercent", options.CpuPercent, 1, 100);
        return Result(errors);
    }

    private IEnumerable<(string Key, string Url)> OtherAddresses()
    {
        foreach (var url in (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            yield return ("urls (--urls, ASPNETCORE_URLS)", url);
        }

        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            yield return ($"Kestrel:Endpoints:{endpoint.Key}:Url", endpoint["Url"] ?? "");
        }
    }

    private static void Required(List<string> errors, string key, string value, string what)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            errors.Add($"{key} is missing: set it to {what}");
        }
    }

    private static void Range(List<string> errors, string key, int value, int min, int max)
    {
        if (value < min || value > max)
        {
            errors.Add(FormattableString.Invariant($"{key} is {value}: use {min} to {max}"));
        }
    }

    private static ValidateOptionsResult Result(List<string> errors) => errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
}
