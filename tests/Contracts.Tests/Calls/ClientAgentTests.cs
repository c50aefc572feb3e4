using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Tests.Otlp;

namespace KubeLens.Contracts.Tests.Calls;

public class ClientAgentTests
{
    [Theory]
    [InlineData("kubectl/v1.32.0 (linux/amd64) kubernetes/70d3cc9", "kubectl", "v1.32.0", "linux/amd64", "")]
    [InlineData("kube-controller-manager/v1.20.2 (linux/amd64) kubernetes/faecb19/leader-election", "kube-controller-manager", "v1.20.2", "linux/amd64", "leader-election")]
    [InlineData("kube-controller-manager/v1.20.2 (linux/amd64) kubernetes/faecb19/system:serviceaccount:kube-system:job-controller", "kube-controller-manager", "v1.20.2", "linux/amd64", "system:serviceaccount:kube-system:job-controller")]
    [InlineData("operator/v0.0.0 (darwin/arm64) kubernetes/$Format", "operator", "v0.0.0", "darwin/arm64", "")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36", "Mozilla", "5.0", "X11; Linux x86_64", "")]
    [InlineData("curl/7.88.1", "curl", "7.88.1", "", "")]
    [InlineData("OpenAPI-Generator/28.1.0/python", "OpenAPI-Generator", "28.1.0", "", "")]
    [InlineData("fluentd", "fluentd", "", "", "")]
    [InlineData("My Tool/1.0", "My", "", "", "")]
    [InlineData("", "", "", "", "")]
    [InlineData("/", "", "", "", "")]
    [InlineData("a/(b", "a", "(b", "", "")]
    [InlineData("a/1 () kubernetes/", "a", "1", "", "")]
    [InlineData("语/1\0 (\ud800)", "语", "1\0", "\ud800", "")]
    public void Read_UserAgent_TakesItApart(string userAgent, string name, string version, string platform, string component) =>
        ClientAgent.Read(userAgent).ShouldBe(new ClientAgent(name, version, platform, component));

    [Fact]
    public void Read_HugeUserAgent_IsCut()
    {
        var huge = new string('x', 100_000);

        var agent = ClientAgent.Read($"{huge}/{huge} ({huge}) kubernetes/1/{huge}");

        new[] { agent.Name, agent.Version, agent.Platform, agent.Component }.ShouldAllBe(part => part.Length == ClientAgent.MaxLength);
    }

    [Property]
    public Property Read_AnyText_IsPartsOfIt() => Prop.ForAll(Arb.From(Gen.ListOf(Gen.OneOf(CallRecords.Texts(), Gen.Elements("/", " ", "(", ")", ") kubernetes/")))), pieces =>
    {
        var text = string.Concat(pieces);
        var agent = ClientAgent.Read(text);

        new[] { agent.Name, agent.Version, agent.Platform, agent.Component }.ShouldAllBe(part => text.Contains(part, StringComparison.Ordinal) && part.Length <= ClientAgent.MaxLength);
    });
}
