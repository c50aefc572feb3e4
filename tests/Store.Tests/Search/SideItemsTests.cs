using KubeLens.Store.Packing;
using KubeLens.Store.Search;

namespace KubeLens.Store.Tests.Search;

public sealed class SideItemsTests
{
    [Fact]
    public void Call_OlderThanItsSides_StillHasItsVersions()
    {
        var connection = SideItems.Of(new StoredCall { ProtocolVersion = "1.1", TlsVersion = "1.2" });

        connection.Client.Protocol.ShouldBe("1.1");
        connection.Client.TlsVersion.ShouldBe("1.2");
        connection.Client.Trust.ShouldBe("unknown");
        connection.Upstream.ShouldBeNull();
    }
}
