using Microsoft.AspNetCore.Http;

namespace KubeLens.DemoCluster.Tests.Api;

/// <summary>How many requests the server works on: a watch counts until it has ended.</summary>
internal sealed class RunningRequests
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _count);
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
