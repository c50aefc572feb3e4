namespace KubeLens.Gateway.Normalize;

/// <summary>What only the bodies tell of a call. Absent text is empty, never null.</summary>
/// <param name="Name">Of the object: the request's, for <c>generateName</c> the response's.</param>
/// <param name="Namespace">Of the object.</param>
/// <param name="Uid">Of the object, from the response.</param>
/// <param name="ResourceVersion">Of the object or list, from the response.</param>
/// <param name="Reason">Of a <c>Status</c> answer.</param>
/// <param name="Message">Of a <c>Status</c> answer.</param>
internal sealed record Facts(string Name, string Namespace, string Uid, string ResourceVersion, string Reason, string Message)
{
    public static Facts None { get; } = new("", "", "", "", "", "");
}
