using KubeLens.Gateway.Delivery;
using KubeLens.Testing;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Tests.Delivery;

public sealed class DeliveryOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreFine()
    {
        new DeliveryOptionsValidator().Validate(null, new DeliveryOptions()).Succeeded.ShouldBeTrue();
        new StoreOptionsValidator().Validate(null, new StoreOptions()).Succeeded.ShouldBeTrue();
        new StoreOptions { Address = "http://127.0.0.1:6445/" }.LogsAddress.AbsoluteUri.ShouldBe("http://127.0.0.1:6445/v1/logs");
    }

    [Fact]
    public void Validate_EverythingWrong_NamesEveryKey()
    {
        var failures = new DeliveryOptionsValidator().Validate(null, new DeliveryOptions
        {
            BatchCalls = 0,
            BatchBytes = 1,
            BatchWait = TimeSpan.FromHours(2),
            BodyWait = TimeSpan.FromSeconds(-1),
            SendTimeout = TimeSpan.Zero,
            ShutdownBudget = TimeSpan.FromDays(1),
            DeadLetterBytes = -1,
        }).Failures!.ToList();

        failures.Select(failure => failure[..failure.IndexOf(' ')]).ShouldBe(
            ["Delivery:BatchCalls", "Delivery:BatchBytes", "Delivery:BatchWait", "Delivery:BodyWait", "Delivery:SendTimeout", "Delivery:ShutdownBudget", "Delivery:DeadLetterBytes"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost:6445")]
    [InlineData("ftp://store")]
    [InlineData("http://store?x=y")]
    public void Validate_AddressThatIsNone_IsShownWithAnExample(string address) =>
        new StoreOptionsValidator().Validate(null, new StoreOptions { Address = address }).Failures.ShouldHaveSingleItem().ShouldContain($"\"{address}\"");

    [Fact]
    public async Task Start_WrongConfiguration_NamesTheKeys()
    {
        using var folder = new TempFolder("options");

        var error = await Should.ThrowAsync<OptionsValidationException>(() => TestGateway.StartAsync(folder["spool"], "nowhere"));
        error.Message.ShouldContain("Store:Address");

        var unknown = await Should.ThrowAsync<InvalidOperationException>(() => TestGateway.StartAsync(folder["spool"], "http://127.0.0.1:1", ("Capture:OnPressure", "panic")));
        unknown.Message.ShouldContain("Capture:OnPressure");
    }
}
