using KubeLens.ServiceDefaults;
using KubeLens.Store.Hosting;
using KubeLens.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Tests.Hosting;

public sealed class StoreOptionsTests
{
    private static readonly string[] Whole =
    [
        "--Store:Port=0", "--ConnectionStrings:Store=Host=/nowhere;Username=x;Database=x",
        "--Access:ApiTokenFile=/nowhere/a", "--Access:ServiceTokenFile=/nowhere/b", "--Access:LoginFolder=/nowhere/c", "--Access:KeyFile=/nowhere/d",
    ];

    [Theory]
    [InlineData("--Store:Port=70000", "Store:Port is 70000: use 0 to 65535")]
    [InlineData("--Store:Address=0.0.0.0", "Store:Address is \"0.0.0.0\"")]
    [InlineData("--Store:Address=nonsense", "Store:Address is \"nonsense\"")]
    [InlineData("--urls=http://0.0.0.0:80", "urls (--urls, ASPNETCORE_URLS) is \"http://0.0.0.0:80\"")]
    [InlineData("--urls=http://*:80", "urls")]
    [InlineData("--Kestrel:Endpoints:Web:Url=http://[::]:80", "Kestrel:Endpoints:Web:Url is")]
    [InlineData("--ConnectionStrings:Store=", "ConnectionStrings:Store is missing")]
    [InlineData("--ConnectionStrings:Store=Hots=x;Password=secret", "ConnectionStrings:Store is no Npgsql connection string")]
    [InlineData("--Database:Distribution=shards", "Database:Distribution is \"shards\": use none or citus")]
    [InlineData("--Access:ApiTokenFile=", "Access:ApiTokenFile is missing")]
    [InlineData("--Access:ServiceTokenFile=", "Access:ServiceTokenFile is missing")]
    [InlineData("--Access:LoginFolder=", "Access:LoginFolder is missing")]
    [InlineData("--Access:KeyFile=", "Access:KeyFile is missing")]
    [InlineData("--Access:SessionHours=1000", "Access:SessionHours is 1000")]
    [InlineData("--Ingest:MaxBodyBytes=1", "Ingest:MaxBodyBytes is 1")]
    [InlineData("--Ingest:MaxConcurrent=0", "Ingest:MaxConcurrent is 0")]
    [InlineData("--Partitions:LateDays=0", "Partitions:LateDays is 0")]
    [InlineData("--Retention:CallDays=29", "Retention:CallDays is 29: use 30 (Partitions:LateDays")]
    [InlineData("--Retention:BodyDays=91", "Retention:BodyDays is 91: use 1 to 90 (Retention:CallDays)")]
    [InlineData("--Retention:Classes:long:BodyDays=0", "Retention:Classes:long:BodyDays is 0")]
    [InlineData("--Retention:ArrivalDays=0", "Retention:ArrivalDays is 0: use 1 to 3660")]
    [InlineData("--Retention:AccessDays=0", "Retention:AccessDays is 0: use 1 to 3660")]
    [InlineData("--Retention:AccessReviewDays=0", "Retention:AccessReviewDays is 0: use 1 to 3660")]
    [InlineData("--Retention:MaxBytes=-1", "Retention:MaxBytes is -1")]
    [InlineData("--Search:TimeoutSeconds=0", "Search:TimeoutSeconds is 0")]
    [InlineData("--Search:BodyMilliseconds=0", "Search:BodyMilliseconds is 0")]
    [InlineData("--Search:BodyMegabytes=0", "Search:BodyMegabytes is 0")]
    [InlineData("--Counts:BudgetMilliseconds=9", "Counts:BudgetMilliseconds is 9: use 10 to 600000")]
    [InlineData("--Counts:MaxCalls=0", "Counts:MaxCalls is 0")]
    [InlineData("--Export:PageSize=0", "Export:PageSize is 0: use 1 to 10000")]
    [InlineData("--Export:MaxConcurrent=0", "Export:MaxConcurrent is 0")]
    [InlineData("--Export:TimeoutSeconds=0", "Export:TimeoutSeconds is 0")]
    [InlineData("--Live:MaxFollowers=0", "Live:MaxFollowers is 0")]
    [InlineData("--Live:MaxAtOnce=9999", "Live:MaxAtOnce is 9999: use 1 to 5000")]
    [InlineData("--Live:AliveSeconds=0", "Live:AliveSeconds is 0")]
    [InlineData("--Sealing:AfterMinutes=-1", "Sealing:AfterMinutes is -1: use 0 to 10080")]
    [InlineData("--Sealing:GraceMinutes=-1", "Sealing:GraceMinutes is -1")]
    [InlineData("--Sealing:MaxCalls=1", "Sealing:MaxCalls is 1")]
    [InlineData("--Sealing:ChunkCalls=1", "Sealing:ChunkCalls is 1")]
    [InlineData("--Sealing:CpuPercent=0", "Sealing:CpuPercent is 0: use 1 to 100")]
    public async Task Start_WithABadOption_NamesItsKey(string bad, string expected)
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(async () =>
        {
            await using var app = StoreProgram.Build([.. Whole, bad], builder => builder.Logging.ClearProviders());
            await app.StartAsync(TestContext.Current.CancellationToken);
        });

        failure.Message.ShouldContain(expected);
        failure.Message.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Run_WithNothingConfigured_TellsEveryMissingKeyAndEnds()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "KubeLens.Store.dll");

        var (code, log, output) = await TestProcess.RunAsync(new TestCommand("dotnet", program, "--Store:Port=0"), TestContext.Current.CancellationToken, TimeSpan.FromMinutes(1));

        code.ShouldBe(ConfigurationExit.Code);
        log.ShouldBeEmpty();
        foreach (var key in new[] { "ConnectionStrings:Store", "Access:ApiTokenFile", "Access:ServiceTokenFile", "Access:LoginFolder", "Access:KeyFile" })
        {
            output.ShouldContain($"{key} is missing");
        }

        (await TestProcess.RunAsync(new TestCommand("dotnet", program, "--Store:Port=abc"), TestContext.Current.CancellationToken, TimeSpan.FromMinutes(1))).Error.ShouldContain("'Store:Port'");
    }

    [Fact]
    public async Task Key_TooShort_IsRefusedNamingTheFile()
    {
        using var folder = new TempFolder("store");
        await File.WriteAllTextAsync(folder["key"], "short", TestContext.Current.CancellationToken);
        var options = Options.Create(new KubeLens.Store.Access.AccessOptions { KeyFile = folder["key"] });

        Should.Throw<InvalidDataException>(() => new KubeLens.Store.Access.SessionKey(options).Value).Message.ShouldContain(folder["key"]);
    }
}
