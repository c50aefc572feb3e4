namespace KubeLens.Contracts.Query;

/// <summary>Which end of a range a time is: a whole period (<c>today</c>, <c>now/d</c>, <c>2026-09-08</c>) means its start or its end.</summary>
public enum TimeEdge
{
    From,
    To,
}
