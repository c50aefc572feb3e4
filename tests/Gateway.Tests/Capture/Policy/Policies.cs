using System.Text;
using KubeLens.Gateway.Capture.Policy;
using Microsoft.Extensions.Configuration;

namespace KubeLens.Gateway.Tests.Capture.Policy;

/// <summary>Policies from settings as an operator writes them.</summary>
internal static class Policies
{
    public static IConfiguration Settings(string json) => new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();

    /// <summary>Of whole settings.</summary>
    public static PolicySet Read(string json) => PolicyReader.Read(Settings(json));

    /// <summary>Of the rules of <c>Capture:Policy</c>.</summary>
    public static PolicySet Of(string rules) => Read($$"""{"Capture":{"Policy":[{{rules}}]} }""");
}
