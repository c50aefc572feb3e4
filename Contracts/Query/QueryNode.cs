using System.Collections.Immutable;

namespace KubeLens.Contracts.Query;

/// <summary>
/// A parsed search query (grammar: <see cref="QueryParser"/>). Two trees are equal when they mean the same text:
/// nested groups of one kind are flattened, and a group of one is that one.
/// </summary>
public abstract record QueryNode;

/// <summary>Everything: the empty query.</summary>
public sealed record AllNode : QueryNode
{
    public static AllNode Instance { get; } = new();
}

/// <summary>Any of two or more alternatives.</summary>
public sealed record OrNode(ImmutableArray<QueryNode> Items) : QueryNode
{
    public bool Equals(OrNode? other) => other is not null && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Aggregate(17, HashCode.Combine);
}

/// <summary>All of two or more terms.</summary>
public sealed record AndNode(ImmutableArray<QueryNode> Items) : QueryNode
{
    public bool Equals(AndNode? other) => other is not null && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Aggregate(19, HashCode.Combine);
}

public sealed record NotNode(QueryNode Item) : QueryNode;

/// <summary>A bare or quoted word: substring of user, name, namespace, path, the path's query, user agent or reason, in any case.</summary>
public sealed record TextNode(QueryValue Value) : QueryNode;

/// <summary>One field compared.</summary>
/// <param name="Field">The field's canonical name (aliases resolved): <c>user</c>, <c>verb</c>, …</param>
/// <param name="Path">What follows the field's first dot (<c>body.spec.replicas</c>), or empty.</param>
/// <param name="Operator">How to compare.</param>
/// <param name="Values">One value; several for <see cref="QueryOperator.Any"/> lists (any of them); two for a range, either may be <c>*</c>.</param>
public sealed record FieldNode(string Field, string Path, QueryOperator Operator, ImmutableArray<QueryValue> Values) : QueryNode
{
    public bool Equals(FieldNode? other) => other is not null && Field == other.Field && Path == other.Path && Operator == other.Operator && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => Values.Aggregate(HashCode.Combine(Field, Path, Operator), HashCode.Combine);
}

/// <summary>A value as written; <c>*</c> and <c>?</c> are wildcards only when it is not quoted.</summary>
public sealed record QueryValue(string Text, bool Quoted)
{
    /// <summary>True when some <c>*</c> or <c>?</c> in it stands for other characters (where the operator is <see cref="QueryOperator.Any"/>).</summary>
    public bool HasWildcards => !Quoted && Text.AsSpan().ContainsAny('*', '?');

    /// <summary>Exactly that text: quoted only where a bare word would not say it.</summary>
    public static QueryValue Exact(string text) => new(text, !QueryPrinter.IsPlain(text));
}

public enum QueryOperator
{
    /// <summary><c>f:v</c> or <c>f:(a,b)</c>: equal to any of the values, wildcards allowed.</summary>
    Any,

    /// <summary><c>f:=v</c>: equal, no wildcards.</summary>
    Literal,

    /// <summary><c>f:~v</c>: substring in any case, at least 3 characters.</summary>
    Contains,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,

    /// <summary><c>f:a..b</c>, both ends included.</summary>
    Range,

    /// <summary><c>f:*</c>: the field has a value.</summary>
    Present,
}
