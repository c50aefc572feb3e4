namespace KubeLens.Store.Search.Content;

/// <summary>There was no time to look into the bodies of all calls that a query may find, and a part of the answer is none (Q220).</summary>
internal sealed class TooManyBodiesException() : Exception("There are more bodies to look into than there is time for.");
