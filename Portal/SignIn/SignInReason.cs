namespace KubeLens.Portal.SignIn;

/// <summary>Why the sign-in page is shown: the <c>reason</c> of its URL.</summary>
internal static class SignInReason
{
    /// <summary>The link was used before, or its code is unknown.</summary>
    public const string Used = "used";

    /// <summary>The session with the Store is over.</summary>
    public const string Expired = "expired";

    /// <summary>The Store could not be asked.</summary>
    public const string Unreachable = "unreachable";

    public const string SignedOut = "signed-out";

    public static string Page(string reason) => $"/sign-in?reason={reason}";
}
