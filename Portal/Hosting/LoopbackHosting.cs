using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KubeLens.Portal.Hosting;

/// <summary>Loopback only: who reaches this port already runs on this machine, and a foreign page must not borrow their browser.</summary>
internal static class LoopbackHosting
{
    public static void AddLoopbackHosting(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<IValidateOptions<PortalOptions>, PortalOptionsValidator>();
        builder.Services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateOnStart();

        builder.WebHost.ConfigureKestrel((context, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            var port = kestrel.ApplicationServices.GetRequiredService<IOptions<PortalOptions>>().Value.Port;
            if (port == 0)
            {
                // A free port cannot be asked for on both loopback addresses at once.
                kestrel.Listen(IPAddress.Loopback, 0);
                return;
            }

            kestrel.ListenLocalhost(port);
        });

        // Against DNS rebinding: a name that merely resolves to loopback is not served.
        builder.Services.Configure<HostFilteringOptions>(filter =>
        {
            filter.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"];
            filter.AllowEmptyHosts = false;
        });
    }
}
