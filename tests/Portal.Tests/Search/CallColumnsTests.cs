using KubeLens.Contracts.Query;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Tests.Search;

public sealed class CallColumnsTests
{
    // A saved search keeps them as such, and the Store refuses what is none.
    [Fact]
    public void Columns_Each_AreFieldsOfTheQueryLanguage()
    {
        CallColumns.All.Select(column => QueryFields.Find(column.Field)?.Name).ShouldBe(CallColumns.All.Select(column => column.Field));
        CallColumns.All.Distinct().Count().ShouldBe(27);
    }

    [Fact]
    public void Column_Toggled_ComesLastOrGoes()
    {
        var ip = CallColumns.Of("ip")[0];
        CallColumns.Text(CallColumns.Toggle(CallColumns.Usual, ip)).ShouldBe("verb,status,resource,ns,name,user,latency,ip");
        CallColumns.Text(CallColumns.Toggle(CallColumns.Of("user,ip,ns"), ip)).ShouldBe("user,ns");
    }
}
