namespace KubeLens.Contracts.Search;

/// <summary>What an <see cref="ObjectVersion"/> is.</summary>
public static class ObjectVersionKinds
{
    /// <summary>The call made the object.</summary>
    public const string Created = "created";

    /// <summary>The call changed more than its status.</summary>
    public const string Changed = "changed";

    /// <summary>The call changed nothing but <c>status</c>.</summary>
    public const string Status = "status";

    /// <summary>A write that was answered well and changed nothing, or a dry run.</summary>
    public const string Same = "same";

    /// <summary>The call deleted the object, or began to.</summary>
    public const string Deleted = "deleted";

    /// <summary>A write that was refused or failed.</summary>
    public const string Failed = "failed";

    /// <summary>A read that saw a version that no call is known to have made.</summary>
    public const string Seen = "seen";
}
