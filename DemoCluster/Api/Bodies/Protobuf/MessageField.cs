using System.Globalization;

namespace KubeLens.DemoCluster.Api.Bodies.Protobuf;

/// <summary>A field of <see cref="MessageSchemas"/>: <c>ports=1:ServicePort[]</c>.</summary>
/// <param name="Type"><c>text</c>, or the word after the colon.</param>
/// <param name="KeepsZero">An optional field: what is there was meant.</param>
internal sealed record MessageField(string Name, int Number, string Type, bool Repeated, bool KeepsZero)
{
    public static MessageField Parse(string word)
    {
        var repeated = word.EndsWith("[]", StringComparison.Ordinal);
        var keepsZero = word.EndsWith('?');
        var parts = word.TrimEnd('[', ']', '?').Split('=', ':');
        return new MessageField(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts.Length > 2 ? parts[2] : "text", repeated, keepsZero);
    }
}
