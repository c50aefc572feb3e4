namespace KubeLens.Store.Access;

/// <summary>Who may use an endpoint. What else a role may do is said by <see cref="StoreRoles"/>.</summary>
internal enum StoreRole
{
    /// <summary>Anyone on this machine.</summary>
    Anyone,

    /// <summary>A service that delivers calls.</summary>
    Service,

    /// <summary>The apiserver of one cluster, which posts its audit events.</summary>
    ApiServer,

    /// <summary>A person, or a script of theirs, that sees who called what and when, and nothing of what was sent and answered.</summary>
    Viewer,

    /// <summary>A viewer that reads calls with their bodies.</summary>
    Auditor,

    /// <summary>An auditor that manages access.</summary>
    Admin,
}
