namespace KubeLens.Store.Access;

/// <summary>Who may use an endpoint.</summary>
internal enum StoreRole
{
    /// <summary>Anyone on this machine.</summary>
    Anyone,

    /// <summary>A service that delivers calls.</summary>
    Service,

    /// <summary>The apiserver of one cluster, which posts its audit events.</summary>
    ApiServer,

    /// <summary>A person, or a script of theirs, that reads calls with their bodies.</summary>
    Auditor,
}
