using System.Text.Json;

namespace KubeLens.Gateway.Redact.Json;

/// <summary>An object or array that is passed over as a whole.</summary>
internal static class Subtree
{
    /// <summary>Reads on from a start to its end. False where the document ends before.</summary>
    /// <param name="reader">On the start.</param>
    /// <param name="objects">Grows by the objects that begin in it, itself included.</param>
    public static bool Pass(ref Utf8JsonReader reader, ref int objects)
    {
        var depth = reader.CurrentDepth;
        objects += reader.TokenType == JsonTokenType.StartObject ? 1 : 0;
        while (reader.Read())
        {
            objects += reader.TokenType == JsonTokenType.StartObject ? 1 : 0;
            if (reader.CurrentDepth == depth && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                return true;
            }
        }

        return false;
    }
}
