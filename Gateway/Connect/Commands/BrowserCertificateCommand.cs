using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Connect.Commands;

/// <summary><c>gateway browser-certificate --user alice --group dev --ttl 8h --out FILE [--password-file FILE]</c></summary>
/// <remarks>The password is never an argument: those are visible to every user of the machine.</remarks>
internal static class BrowserCertificateCommand
{
    private const string PasswordVariable = "KUBELENS_PKCS12_PASSWORD";
    private const int GeneratedLength = 20;

    // What NSS, and with it Chromium and Firefox, macOS and Windows read today.
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 100_000);

    private static readonly Option<string> Out = new("--out") { Description = "the PKCS#12 file to write (0600), as alice.p12", Required = true };
    private static readonly Option<string> PasswordFile = new("--password-file") { Description = $"a file whose first line is the password; else ${PasswordVariable}, else one is made and printed" };

    public static Command Create()
    {
        var command = new Command("browser-certificate", "Issues a client certificate and writes it with its key as PKCS#12, which browsers import.") { Out, PasswordFile };
        foreach (var option in IssueOptions.All)
        {
            command.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var life = IssueOptions.Life(arguments);
        var given = Given(arguments);
        var password = given ?? RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", GeneratedLength);
        var issued = IssueOptions.Issue(arguments, AdminHome.Open(arguments), life);
        using var certificate = X509Certificate2.CreateFromPem(issued.CertificatePem, issued.KeyPem);
        PrivateFiles.Write(Path.GetFullPath(arguments.GetRequiredValue(Out)), certificate.ExportPkcs12(Encryption, password));
        IssueOptions.Report(arguments, issued.Entry);
        if (given is null)
        {
            arguments.InvocationConfiguration.Output.WriteLine($"password: {password}");
        }

        return 0;
    }

    private static string? Given(ParseResult arguments)
    {
        var file = arguments.GetValue(PasswordFile);
        var password = file is null ? Environment.GetEnvironmentVariable(PasswordVariable) : File.ReadLines(file).FirstOrDefault() ?? "";
        return password is not ""
            ? password
            : throw new ArgumentException($"the password of {(file is null ? $"${PasswordVariable}" : file)} is empty: browsers do not import such a file. Give one, or neither to have one made");
    }
}
