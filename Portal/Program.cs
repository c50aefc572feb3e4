using KubeLens.Portal.Components;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Hosting;
using KubeLens.Portal.Kit;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using KubeLens.ServiceDefaults;

return await ConfigurationExit.RunAsync(() =>
{
    // Assets and settings are found beside the program, wherever it was started from.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.WebHost.UseStaticWebAssets();

    builder.AddServiceDefaults("portal");
    builder.AddLoopbackHosting();
    builder.AddSignIn();
    builder.AddStore();
    builder.Services.AddKit();
    builder.Services.AddRazorComponents().AddInteractiveServerComponents();
    builder.Services.AddBrowser();

    var app = builder.Build();

    app.UseSecurityHeaders();
    app.UseOriginGuard();
    app.UseWhen(context => HttpMethods.IsGet(context.Request.Method), pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseAntiforgery();
    app.MapStaticAssets().AllowAnonymous();
    app.MapGroup("").AllowAnonymous().MapServiceDefaults();
    app.MapSignIn();
    app.MapDownloads();
    app.MapGet("/", () => TypedResults.LocalRedirect("/search"));
    app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);

    return app;
});
