using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Tests.Capture.Policy;

public sealed class PolicyReaderTests
{
    [Theory]
    [InlineData("""{"Level":"everything"}""", "Capture:Policy:0:Level is \"everything\": give none, metadata, request or request-response.")]
    [InlineData("""{"Verbs":["get"]}""", "Capture:Policy:0:Level is \"\"")]
    [InlineData("""{"Level":"none","Verb":["get"]}""", "Capture:Policy:0:Verb is no part of a rule: give Level, Sample, Recording, Clusters, Verbs")]
    [InlineData("""{"Level":"none","Verbs":"get"}""", "Capture:Policy:0:Verbs is \"get\": give a list")]
    [InlineData("""{"Level":"none","Users":[]}""", "Capture:Policy:0:Users is empty: give a list with at least one entry, or leave it out")]
    [InlineData("""{"Level":"none","Users":null}""", "Capture:Policy:0:Users is empty")]
    [InlineData("""{"Level":"none","Verbs":["get","read"]}""", "Capture:Policy:0:Verbs:1 is \"read\": give get, list, watch")]
    [InlineData("""{"Level":"none","Users":["a",""]}""", "Capture:Policy:0:Users:1 is empty: give a text")]
    [InlineData("""{"Level":"none","NonResourcePaths":["healthz"]}""", "Capture:Policy:0:NonResourcePaths:0 is \"healthz\": a path begins with /.")]
    [InlineData("""{"Level":"none","NonResourcePaths":["/healthz"],"Resources":["pods"]}""", "Capture:Policy:0 has NonResourcePaths beside what only resources have")]
    [InlineData("""{"Level":"metadata","Sample":"often"}""", "Capture:Policy:0:Sample is \"often\": give 1 to 1000000")]
    [InlineData("""{"Level":"metadata","Sample":0}""", "Capture:Policy:0:Sample is \"0\"")]
    [InlineData("""{"Level":"none","Sample":10}""", "Capture:Policy:0:Sample is 10, but Level none keeps no call to sample")]
    [InlineData("""{"Level":"metadata","Sample":10,"Verbs":["create","watch"]}""", "Capture:Policy:0:Sample is 10, but only get and list are sampled")]
    [InlineData("""{"Level":"request-response","Recording":"all"}""", "Capture:Policy:0:Recording is \"all\": give none, output or input-and-output.")]
    [InlineData("""{"Level":"metadata","Recording":"output"}""", "Capture:Policy:0:Recording is output, which is kept as the response's body, but Level is metadata: give Level request-response.")]
    [InlineData("""{"Level":"request-response","Recording":"output","Resources":["pods/exec","pods/portforward"]}""", "Capture:Policy:0:Recording is output, but what passes through a port is never kept: take Resources:1 (pods/portforward) out")]
    [InlineData("\"none\"", "Capture:Policy:0 is \"none\": give an object with Level.")]
    public void Read_RuleThatCannotBeUsed_IsASentenceWithItsKeyAndTheFix(string rule, string problem) =>
        Should.Throw<ConfigurationException>(() => Policies.Of(rule)).Message.ShouldContain(problem);

    [Fact]
    public void Read_SeveralProblems_TellsAll() =>
        Should.Throw<ConfigurationException>(() => Policies.Read("""{"Capture":{"Policy":[{"Level":"x"},{"Level":"none","Verbs":["y"]}]},"Clusters":{"prod":{"Policy":[{"Level":"none","Clusters":["prod"]}]}}}"""))
            .Problems.Select(problem => problem.Split(' ')[0]).ShouldBe(["Capture:Policy:0:Level", "Capture:Policy:1:Verbs:0", "Clusters:prod:Policy:0:Clusters:"]);

    [Fact]
    public void Read_AWordForTheList_IsASentence() =>
        Should.Throw<ConfigurationException>(() => Policies.Read("""{"Capture":{"Policy":"metadata"}}""")).Message.ShouldContain("Capture:Policy is \"metadata\": give a list of rules");

    [Theory]
    [InlineData("""{"Level":"metadata"},{"Level":"none","Verbs":["get"]}""", "Capture:Policy:1 is never reached: Capture:Policy:0 before it matches every call.")]
    [InlineData("""{"Level":"request-response","Recording":"InputAndOutput","Resources":["pods/exec"]}""", "Capture:Policy:0 records what is typed into terminals")]
    [InlineData("""{"Level":"none"}""", "Capture:Policy:0 is Level none for every call that no rule before it matches")]
    [InlineData("""{"Level":"none","UserAgents":["kube-probe/*"]}""", "Capture:Policy:0 leaves calls out by their User-Agent, which every caller chooses")]
    public void Read_LegalAndDoubtful_Warns(string rules, string warning) => Policies.Of(rules).Warnings.ShouldHaveSingleItem().ShouldStartWith(warning);

    [Fact]
    public void Read_NothingDoubtful_WarnsOfNothing()
    {
        Policies.Of("""{"Level":"none","UserAgents":["kube-probe/*"],"Users":["system:kubelet"]},{"Level":"request","Verbs":["*"]},{"Level":"metadata"}""").Warnings.ShouldBeEmpty();
        Policies.Read("{}").General.IsEmpty.ShouldBeTrue();
    }
}
