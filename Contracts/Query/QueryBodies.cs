namespace KubeLens.Contracts.Query;

/// <summary>Terms that ask what was sent and answered, and not only that it was: <c>body</c> and <c>changed</c>. They are for auditors, are recorded, and take their time.</summary>
public static class QueryBodies
{
    /// <summary>Whether some term of a query does.</summary>
    public static bool AreAsked(QueryNode query) => query switch
    {
        AndNode and => and.Items.Any(AreAsked),
        OrNode or => or.Items.Any(AreAsked),
        NotNode not => AreAsked(not.Item),
        FieldNode { Field: "body" or "changed" } => true,
        _ => false,
    };

    /// <summary>The query without them: it finds as much or more.</summary>
    public static QueryNode Without(QueryNode query) => QueryNodes.All((query is AndNode and ? and.Items : [query]).Where(item => !AreAsked(item)));
}
