using KubeLens.Gateway.Capture;
using KubeLens.Gateway.Connect;
using KubeLens.Gateway.Delivery;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Proxy;
using KubeLens.Gateway.Redact;
using KubeLens.Gateway.Spool;
using KubeLens.Gateway.Upstream;
using KubeLens.ServiceDefaults;

return await ConfigurationExit.RunAsync(() =>
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.WebHost.UseKestrelHttpsConfiguration();
    builder.AddServiceDefaults("gateway", traceHttp: false); // a call has a span of its own
    builder.Services
        .AddUpstream()
        .AddGatewayIdentity()
        .AddConnect()
        .AddSpool() // hosted services stop in reverse: capture drains into the spool, which delivers what it can
        .AddDelivery()
        .AddRedact()
        .AddCapture()
        .AddProxy();

    var app = builder.Build();
    app.MapServiceDefaults();
    app.UseWhen(
        context => context.GetEndpoint() is null,
        calls => calls.UseCapture().UseCallerAuthentication().UseProxy());
    return app;
});
