using KubeLens.EndToEnd.Tests.Transparency;

namespace KubeLens.EndToEnd.Tests.Agreement;

/// <summary>Somebody who calls through a gateway.</summary>
/// <param name="Name">Ends the user agent of its calls.</param>
/// <param name="Gateway">Whose record its calls are in.</param>
/// <param name="Kubeconfig">Of the gateway, with its credential.</param>
/// <param name="As">Whom it asks to act as; empty for itself.</param>
internal sealed record Caller(string Name, TransparentGateway Gateway, string Kubeconfig, string As = "");
