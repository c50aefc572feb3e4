using System.Collections;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeLens.ServiceDefaults.Tests;

/// <summary>A service on a free port of loopback, that has the defaults.</summary>
internal static class Service
{
    public static WebApplication Create(Action<WebApplicationBuilder>? configure, IDictionary variables, bool traceHttp = true, bool console = false)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Test" });
        builder.Configuration.AddInMemoryCollection(variables.Keys.Cast<string>().Select(name => KeyValuePair.Create(name, (string?)variables[name])));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        if (!console)
        {
            builder.Logging.ClearProviders();
        }

        builder.AddServiceDefaults("probe", traceHttp);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapServiceDefaults();
        return app;
    }

    public static Uri Address(this WebApplication app, string path) => new(new Uri(app.Urls.Single()), path);
}
