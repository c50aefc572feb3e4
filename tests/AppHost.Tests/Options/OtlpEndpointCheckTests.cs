using KubeLens.AppHost.Options;
using KubeLens.AppHost.Tests.Support;

namespace KubeLens.AppHost.Tests.Options;

public sealed class OtlpEndpointCheckTests : IDisposable
{
    private const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly TestHome _home = new();
    private readonly List<string> _problems = [];

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("http://127.0.0.1:4317", null)]
    [InlineData("https://collector.example.com", null)]
    [InlineData("https://collector.example.com/otlp/", null)]
    [InlineData("http://127.0.0.1:4318", "http/protobuf")]
    public void Check_Address_IsTakenAsGiven(string address, string? protocol)
    {
        Check(address).ShouldBe(new OtlpEndpoint(address, IsOption: true) { Protocol = protocol });
        _problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("localhost:4317", "is no http or https address. Write it as http://127.0.0.1:4317.")]
    [InlineData("127.0.0.1:4317", "is no http or https address")]
    [InlineData("grpc://collector:4317", "is no http or https address")]
    [InlineData("", "is no http or https address")]
    [InlineData("/collector", "is no http or https address")]
    [InlineData("http://collector:4318/?a=b", "has a query")]
    [InlineData("http://collector:4318/v1/traces", "Leave /v1/traces out")]
    [InlineData("http://collector:4318/otlp/v1/logs/", "Leave /v1/logs out")]
    [InlineData("https://me:hidden@collector", "OTEL_EXPORTER_OTLP_HEADERS")]
    public void Check_NoAddress_NamesTheOptionAndTheFix(string address, string reason)
    {
        Check(address).ShouldBeNull();

        var problem = _problems.ShouldHaveSingleItem();
        problem.ShouldStartWith("--otlp-endpoint ");
        problem.ShouldContain(reason);
        problem.ShouldNotContain("hidden");
    }

    [Fact]
    public void Check_VariableOnly_IsTakenAndNamedWhereItIsWrong()
    {
        Check(null, (Variable, "http://127.0.0.1:4317")).ShouldBe(new OtlpEndpoint("http://127.0.0.1:4317", IsOption: false));
        _problems.ShouldBeEmpty();

        Check(null, (Variable, "127.0.0.1:4317")).ShouldBeNull();
        _problems.ShouldHaveSingleItem().ShouldStartWith($"{Variable} \"127.0.0.1:4317\" is no http");
    }

    [Fact]
    public void Check_OptionAndVariable_TheOptionWins() =>
        Check("http://one", (Variable, "http://two")).ShouldNotBeNull().Address.ShouldBe("http://one");

    [Fact]
    public void Check_ProtocolIsSaid_IsLeftAlone() =>
        Check("http://127.0.0.1:4318", ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")).ShouldNotBeNull().Protocol.ShouldBeNull();

    [Fact]
    public void Check_TelemetryIsTurnedOff_TheVariableIsNotReadAndTheOptionIsAProblem()
    {
        Check(null, (Variable, "nonsense"), ("OTEL_SDK_DISABLED", "true")).ShouldBeNull();
        _problems.ShouldBeEmpty();

        Check("http://127.0.0.1:4317", ("OTEL_SDK_DISABLED", "true"));
        _problems.ShouldHaveSingleItem().ShouldStartWith("--otlp-endpoint is given and OTEL_SDK_DISABLED is true");
    }

    [Fact]
    public void Check_DashboardToo_ExcludeEachOther()
    {
        OtlpEndpointCheck.Check(new AppHostArguments { OtlpEndpoint = "http://a", Dashboard = true }, TestSurroundings.Of(_home), _problems);

        _problems.ShouldHaveSingleItem().ShouldStartWith("--otlp-endpoint and --dashboard exclude each other");
    }

    [Fact]
    public void Check_DashboardAndVariable_TheDashboardTakesIt()
    {
        OtlpEndpointCheck.Check(new AppHostArguments { Dashboard = true }, TestSurroundings.Of(_home, false, (Variable, "http://a")), _problems).ShouldBeNull();
        _problems.ShouldBeEmpty();
    }

    [Fact]
    public void Check_DashboardAndJaeger_ExcludeEachOther()
    {
        OtlpEndpointCheck.Check(new AppHostArguments { Jaeger = true, Dashboard = true }, TestSurroundings.Of(_home), _problems);

        _problems.ShouldHaveSingleItem().ShouldStartWith("--dashboard and --jaeger exclude each other");
    }

    private OtlpEndpoint? Check(string? option, params (string, string)[] variables) => OtlpEndpointCheck.Check(new AppHostArguments { OtlpEndpoint = option }, TestSurroundings.Of(_home, false, variables), _problems);
}
