namespace KubeLens.Gateway.Identity;

/// <summary>The client certificate that an apiserver's <c>--requestheader-client-ca-file</c> vouches for. Section <c>Identity:FrontProxy</c>.</summary>
internal sealed class FrontProxyOptions
{
    /// <summary>PEM file, the certificate first and its intermediates after it.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file of its key.</summary>
    public string KeyFile { get; set; } = "";
}
