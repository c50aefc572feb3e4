using KubeLens.Gateway;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Connect.Commands;
using KubeLens.ServiceDefaults;

if (GatewayCommands.Knows(args))
{
    return await GatewayCommands.RunAsync(args, Console.Out, Console.Error);
}

return await ConfigurationExit.RunAsync(() =>
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.WebHost.UseKestrelHttpsConfiguration();
    builder.Configuration.AddSettingsFile();
    builder.AddServiceDefaults("gateway", traceHttp: false); // a call has a span of its own
    builder.Services.AddGateway();

    var app = builder.Build();
    app.MapServiceDefaults();
    app.UseGateway();
    return app;
});
