namespace KubeLens.Store.Objects;

/// <summary>Subresources whose calls change the object or show it. Those that only use it (<c>exec</c>, <c>log</c>, <c>token</c> …) are no part of its history.</summary>
internal static class ObjectSubresources
{
    public const string Status = "status", Scale = "scale", Eviction = "eviction";

    public static readonly IReadOnlyList<string> All = [Status, Scale, Eviction, "binding", "finalize", "approval", "ephemeralcontainers", "resize"];

    /// <summary>The body of an answer is the object itself.</summary>
    public static bool AnswersObject(string subresource) => subresource is not (Scale or Eviction or "binding");
}
