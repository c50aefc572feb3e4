using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using KubeLens.Bench.Load;

namespace KubeLens.Bench.Peers;

/// <summary>Reads what the loader needs from the kubeconfig that the gateway writes for its callers.</summary>
internal static partial class IssuedKubeconfig
{
    public static Endpoint Read(string file, Uri address)
    {
        var text = File.ReadAllText(file);
        var client = X509Certificate2.CreateFromPem(Value(text, "client-certificate-data"), Value(text, "client-key-data"));
        return new Endpoint(address, X509Certificate2.CreateFromPem(Value(text, "certificate-authority-data")), client);
    }

    private static string Value(string text, string key)
    {
        var match = Entry().Matches(text).FirstOrDefault(entry => entry.Groups["key"].Value == key)
            ?? throw new BenchException($"The gateway's kubeconfig has no {key}.");
        return Encoding.ASCII.GetString(Convert.FromBase64String(match.Groups["value"].Value));
    }

    // client-key-data: LS0tLS1CRUdJTi…
    [GeneratedRegex("""(?<key>[a-z-]+-data)"?\s*:\s*"?(?<value>[A-Za-z0-9+/=]+)""")]
    private static partial Regex Entry();
}
