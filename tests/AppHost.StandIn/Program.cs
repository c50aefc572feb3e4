using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Postgres;
using KubeLens.AppHost.Processes;
using KubeLens.AppHost.State;
using KubeLens.AppHost.Terminal;
using KubeLens.AppHost;
using KubeLens.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

// Two parts for AppHost's tests:
//   service PORT           a service as ours are: health, parent watch, configuration errors
//   page PORT              whatever is asked for, it is there
//   supervise HOME PORT    AppHost's supervisor with a small inventory: a Postgres of its own and that service
return args switch
{
    ["service", var port] => await ConfigurationExit.RunAsync(() =>
    {
        if (Environment.GetEnvironmentVariable("STANDIN_PROBLEM") is { } problem)
        {
            throw new ConfigurationException(problem);
        }

        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.AddServiceDefaults("stand-in");
        var app = builder.Build();
        app.MapServiceDefaults();
        return app;
    }),
    ["page", var port] => await PageAsync(port),
    ["supervise", var home, var port] => await SuperviseAsync(home, port),
    _ => ExitCodes.Usage,
};

static async Task<int> PageAsync(string port)
{
    var builder = WebApplication.CreateBuilder();
    builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
    await using var app = builder.Build();
    app.MapFallback(() => "here");
    await app.RunAsync();
    return 0;
}

static async Task<int> SuperviseAsync(string home, string port)
{
    var time = TimeProvider.System;
    using var signals = new SignalHandling();
    await using var log = new LogStream(Console.Out, coloured: false, time);
    var report = log.For("apphost", Colour.None);
    var state = new StateFolder(home);
    var postgres = await EmbeddedPostgres.CreateAsync(state, new BinarySearch(state.PostgresNpm, report), report, time, signals.Stop);
    var service = new Resource("service", Colour.Cyan, _ => Task.FromResult<IReadOnlyList<string>>([Environment.ProcessPath!, "service", port]), new HttpProbe(new Uri($"http://127.0.0.1:{port}/health/ready")))
    {
        Environment = ServiceEnvironment.Common().ToDictionary(),
        DependsOn = ["postgres"],
    };
    return await new Supervisor([postgres.Resource, service], log, time).RunAsync(
        (_, _) =>
        {
            log.WriteBlock("all ready");
            return Task.CompletedTask;
        }, signals.Stop, signals.Kill);
}
