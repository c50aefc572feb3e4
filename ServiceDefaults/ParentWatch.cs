using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KubeLens.ServiceDefaults;

/// <summary>
/// Ends the service when its parent does. AppHost holds the other end of our standard input and sets
/// <c>KUBELENS_PARENT_WATCH=1</c>: however it ends, kill -9 included, the pipe closes and we stop in order.
/// </summary>
internal static class ParentWatch
{
    public const string Variable = "KUBELENS_PARENT_WATCH";

    public static void AddParentWatch<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        if (builder.Configuration[Variable] == "1")
        {
            builder.Services.AddHostedService<Worker>();
        }
    }

    private sealed class Worker(IHostApplicationLifetime lifetime, ILogger<Worker> logger) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            // Only once all is started: a host that is stopped in the middle of its start fails instead, with a stack.
            // A console read cannot be cancelled, so it has a thread of its own that ends with the process.
            lifetime.ApplicationStarted.Register(() => new Thread(Watch) { IsBackground = true, Name = "parent watch" }.Start());
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private void Watch()
        {
            using var input = Console.OpenStandardInput();
            Span<byte> nothing = stackalloc byte[64];
            while (input.Read(nothing) > 0)
            {
            }

            logger.ParentGone();
            lifetime.StopApplication();
        }
    }
}
