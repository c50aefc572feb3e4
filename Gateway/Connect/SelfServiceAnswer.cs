namespace KubeLens.Gateway.Connect;

/// <param name="Kubeconfig">Null when nothing was issued.</param>
internal readonly record struct SelfServiceAnswer(string? Kubeconfig, int Status, string Reason, string Problem)
{
    public static SelfServiceAnswer Issued(string kubeconfig) => new(kubeconfig, StatusCodes.Status201Created, "", "");

    public static SelfServiceAnswer Refused(int status, string reason, string problem) => new(null, status, reason, problem);
}
