using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Tests.Calls;

public class VerbClassesTests
{
    [Theory]
    [InlineData("get", "", VerbClass.Read)]
    [InlineData("watch", "", VerbClass.Read)]
    [InlineData("get", "log", VerbClass.Read)]
    [InlineData("create", "", VerbClass.Write)]
    [InlineData("patch", "status", VerbClass.Write)]
    [InlineData("post", "", VerbClass.Write)]
    [InlineData("delete", "", VerbClass.Delete)]
    [InlineData("deletecollection", "", VerbClass.Delete)]
    [InlineData("create", "exec", VerbClass.Interactive)]
    [InlineData("get", "exec", VerbClass.Interactive)]
    [InlineData("create", "portforward", VerbClass.Interactive)]
    [InlineData("get", "proxy", VerbClass.Interactive)]
    [InlineData("proxy", "", VerbClass.Interactive)]
    [InlineData("", "", VerbClass.Other)]
    public void Call_has_one_class(string verb, string subresource, VerbClass expected) => VerbClasses.Of(verb, subresource).ShouldBe(expected);
}
