using KubeLens.Gateway.Spool;

namespace KubeLens.Gateway.Tests.Spool;

public sealed class Crc32CTests
{
    // The check value of CRC-32C, and a vector of RFC 3720 B.4.
    [Fact]
    public void Of_KnownInputs_IsTheKnownChecksum()
    {
        Crc32C.Of("123456789"u8).ShouldBe(0xE3069283u);
        Crc32C.Of(new byte[32]).ShouldBe(0x8A9136AAu);
        Crc32C.Of([]).ShouldBe(0u);
    }
}
