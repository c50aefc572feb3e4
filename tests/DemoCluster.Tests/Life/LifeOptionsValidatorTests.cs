using KubeLens.DemoCluster.Life;

namespace KubeLens.DemoCluster.Tests.Life;

public sealed class LifeOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_ArePassed() => new LifeOptionsValidator().Validate(null, new LifeOptions()).Succeeded.ShouldBeTrue();

    [Fact]
    public void Validate_EverythingWrong_NamesEachKey()
    {
        var result = new LifeOptionsValidator().Validate(null, new LifeOptions { History = TimeSpan.FromDays(3), GatewayAddress = "127.0.0.1:6444", StoreAddress = "ftp://store" });

        result.Failures.ShouldNotBeNull().Select(problem => problem.Split(' ')[0]).ShouldBe(["Life:History", "Life:GatewayAddress", "Life:StoreAddress", "Life:GatewayAuthorityFile"]);
    }
}
