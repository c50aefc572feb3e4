namespace KubeLens.Store.Access;

/// <summary>What became of looking for whose token it is: exactly one of the three is there.</summary>
/// <param name="Bearer">Whose it is.</param>
/// <param name="Problem">Why it is nobody's; empty otherwise.</param>
/// <param name="Unavailable">Why that cannot be said now; empty otherwise.</param>
internal readonly record struct BearerLookup(Bearer? Bearer, string Problem = "", string Unavailable = "");
