namespace KubeLens.Store.AccessReview.Rbac;

/// <summary>How exactly rules say what was used.</summary>
internal enum RbacLevel
{
    /// <summary>Objects by name, where a right can be limited to them.</summary>
    Names,

    /// <summary>Each resource with the verbs that were used of it.</summary>
    Resource,

    /// <summary>All resources that were used in a namespace, by API group, with all verbs that were.</summary>
    Namespace,
}
