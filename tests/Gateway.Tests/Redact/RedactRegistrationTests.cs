using KubeLens.Gateway.Redact;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Tests.Redact;

public sealed class RedactRegistrationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kubelens-redact-").FullName;

    [Fact]
    public void AddRedact_WithAHome_KeepsTheKeyThere()
    {
        using var services = Services(("Gateway:Home", _folder));

        services.GetRequiredService<BodyRedactor>().ShouldBeSameAs(services.GetRequiredService<BodyRedactor>());
        File.Exists(Path.Combine(_folder, "redact-key")).ShouldBeTrue();
    }

    [Fact]
    public void AddRedact_WithAKeyFile_UsesIt()
    {
        var file = Path.Combine(_folder, "shared");
        using var services = Services(("Gateway:Home", _folder), ("Redact:KeyFile", file), ("Redact:SecretWords:0", "internal"));

        services.GetRequiredService<BodyRedactor>().ShouldNotBeNull();
        File.Exists(file).ShouldBeTrue();
        services.GetRequiredService<IOptions<RedactOptions>>().Value.SecretWords.ShouldBe(["internal"]);
    }

    [Fact]
    public void AddRedact_WrongOptions_NamesEveryKey()
    {
        using var services = Services(("Redact:MaxBodyBytes", "10"), ("Redact:MaxTextBytes", "11"), ("Redact:SecretWords:0", "a-b"));

        var message = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<BodyRedactor>()).Message;

        message.ShouldSatisfyAllConditions(
            m => m.ShouldContain("Redact:KeyFile"),
            m => m.ShouldContain("Redact:MaxBodyBytes is 10"),
            m => m.ShouldContain("Redact:MaxTextBytes is 11"),
            m => m.ShouldContain("Redact:SecretWords:0 is \"a-b\""));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ServiceProvider Services(params (string Key, string Value)[] settings) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build())
            .AddRedact()
            .BuildServiceProvider();
}
