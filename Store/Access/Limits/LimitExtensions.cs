using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Access.Limits;

/// <summary>A bucket of requests for each token and session of people: a script that runs wild is told to wait, and nobody else waits for it.</summary>
internal static class LimitExtensions
{
    /// <summary>Of every endpoint that people use.</summary>
    public const string Policy = "people";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateOnStart();
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(Policy, BucketOf);
            limiter.OnRejected = RefuseAsync;
        });
    }

    private static RateLimitPartition<string> BucketOf(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<LimitOptions>>().Value;
        var who = context.User.Identity?.Name ?? "";
        return options.RequestsPerSecond == 0 ? RateLimitPartition.GetNoLimiter(who) : RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Burst,
            TokensPerPeriod = options.RequestsPerSecond,
            ReplenishmentPeriod = Second,
            QueueLimit = 0,
        });
    }

    private static async ValueTask RefuseAsync(OnRejectedContext refused, CancellationToken cancellationToken)
    {
        var (http, wait) = (refused.HttpContext, refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Second);
        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var options = http.RequestServices.GetRequiredService<IOptions<LimitOptions>>().Value;
        await Results.Problem(
            FormattableString.Invariant($"{http.User.Identity?.Name} asks for more than {options.RequestsPerSecond} requests a second (Limits:RequestsPerSecond, {options.Burst} at one time). Try again as Retry-After says."),
            statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(http);
    }
}
