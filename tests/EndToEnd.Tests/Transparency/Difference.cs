namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>Something a client, or the apiserver, saw otherwise through the gateway.</summary>
internal sealed record Difference(string Mode, string Operation, string Aspect, string Direct, string Gateway)
{
    private const int Shown = 600;

    public string Key => $"{Mode}: {Operation}: {Aspect}";

    public override string ToString()
    {
        var start = Enumerable.Range(0, Math.Min(Direct.Length, Gateway.Length)).FirstOrDefault(i => Direct[i] != Gateway[i], Math.Min(Direct.Length, Gateway.Length));
        start = Math.Max(0, start - 60);
        return $"{Key}\n  direct:  {Cut(Direct, start)}\n  gateway: {Cut(Gateway, start)}";
    }

    private static string Cut(string text, int start) => text.Length <= start ? "" : text[start..Math.Min(text.Length, start + Shown)].ReplaceLineEndings("\\n");
}
