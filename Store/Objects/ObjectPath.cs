using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using KubeLens.Contracts.Search;

namespace KubeLens.Store.Objects;

/// <summary>A step into an object: to a member, or to an item of a list by one of its members or by its place.</summary>
/// <param name="Name">Of the member; of an item what its key says, or its place.</param>
/// <param name="Key">The member that items go by; empty for their place; null for a member of an object.</param>
internal readonly record struct PathStep(string Name, string? Key = null);

/// <summary>Writes paths as <see cref="ObjectChange"/> has them.</summary>
internal static class ObjectPath
{
    /// <summary>A longer path is cut, and ends with an ellipsis.</summary>
    public const int MaxLength = 1_000;

    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string Print(IReadOnlyList<PathStep> steps)
    {
        var path = new StringBuilder();
        foreach (var (name, key) in steps)
        {
            _ = key switch
            {
                null when IsPlain(name) => path.Append(path.Length > 0 ? "." : "").Append(name),
                null => path.Append('[').Append(Quoted(name)).Append(']'),
                "" => path.Append('[').Append(name).Append(']'),
                _ => path.Append('[').Append(key).Append('=').Append(IsPlain(name) ? name : Quoted(name)).Append(']'),
            };
            if (path.Length > MaxLength)
            {
                return ShortText.Cut(path.ToString(), MaxLength);
            }
        }

        return path.ToString();
    }

    private static bool IsPlain(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(Plain);

    private static string Quoted(string name) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(ShortText.Cut(name, MaxLength))}\"";
}
