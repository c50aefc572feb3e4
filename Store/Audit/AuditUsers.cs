namespace KubeLens.Store.Audit;

/// <summary>Whom a joined call is of: the apiserver's own word.</summary>
internal static class AuditUsers
{
    /// <summary>
    /// What a call is to say. <c>User</c> is whom the apiserver sees. A gateway that impersonates is the event's user, and its caller the impersonated one;
    /// a caller that itself asked to act as somebody keeps both names.
    /// </summary>
    public static (string User, IReadOnlyList<string> Groups, string ImpersonatedUser) Of(AuditEvent told, AuditedCall call)
    {
        if (told.ImpersonatedUser.Length == 0)
        {
            // What was asked for and refused stays what was asked for.
            return Keep(told.User, told.Groups, call, call.ImpersonatedUser);
        }

        return call.ImpersonatedUser.Length == 0 || call.ImpersonatedUser == call.User
            ? Keep(told.ImpersonatedUser, told.ImpersonatedGroups, call, call.ImpersonatedUser.Length == 0 ? "" : told.ImpersonatedUser)
            : Keep(told.User, told.Groups, call, told.ImpersonatedUser);
    }

    // The same groups in another order are the same entry of the dictionary.
    private static (string User, IReadOnlyList<string> Groups, string ImpersonatedUser) Keep(string user, IReadOnlyList<string> groups, AuditedCall call, string impersonated) =>
        (user, user == call.User && groups.ToHashSet().SetEquals(call.Groups) ? call.Groups : groups, impersonated);
}
