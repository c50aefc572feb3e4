using KubeLens.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KubeLens.AppHost.Tests.ServiceDefaults;

public sealed class ConfigurationExitTests
{
    [Fact]
    public void Code_IsTheOneThatAppHostKnows() => ConfigurationExit.Code.ShouldBe(ExitCodes.Configuration);

    [Fact]
    public async Task Run_OptionsAreInvalid_EndsWithTheCodeBeforeAnythingStarts()
    {
        var started = false;

        var code = await ConfigurationExit.RunAsync(() =>
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Services.AddOptions<Sample>().Validate(sample => sample.Port > 0, "Sample:Port 0 is no port.").ValidateOnStart();
            builder.Services.AddHostedService(_ => new Starting(() => started = true));
            return builder.Build();
        });

        code.ShouldBe(ConfigurationExit.Code);
        started.ShouldBeFalse();
    }

    [Fact]
    public async Task Run_AServiceFindsItsConfigurationWrong_EndsWithTheCode() =>
        (await ConfigurationExit.RunAsync(() => Failing(new ConfigurationException("no clusters in it")))).ShouldBe(ConfigurationExit.Code);

    [Fact]
    public async Task Run_AnythingElseGoesWrong_IsThrown() =>
        await Should.ThrowAsync<InvalidOperationException>(ConfigurationExit.RunAsync(() => Failing(new InvalidOperationException("a bug"))));

    private static IHost Failing(Exception exception)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHostedService(_ => new Starting(() => throw exception));
        return builder.Build();
    }

    private sealed class Sample
    {
        public int Port { get; set; }
    }

    private sealed class Starting(Action start) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            start();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
