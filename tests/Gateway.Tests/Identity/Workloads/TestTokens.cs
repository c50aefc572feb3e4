using System.Buffers.Text;
using System.Text;

namespace KubeLens.Gateway.Tests.Identity.Workloads;

/// <summary>Tokens in the form of a JSON web token, signed by nobody.</summary>
internal static class TestTokens
{
    public static string Of(string claims) => $"{Base64Url.EncodeToString("{\"alg\":\"RS256\"}"u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";
}
