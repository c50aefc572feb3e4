using System.Buffers;
using System.Globalization;
using System.Text;

namespace KubeLens.Portal.Search;

/// <summary>
/// A user's name as one segment of a path: UTF-8 bytes other than letters, digits and <c>-_.@:</c> are <c>~2F</c>, and so is a dot that
/// it begins with. A percent sign would be decoded once more or less on its way through servers and browsers.
/// </summary>
internal static class UserPath
{
    private const char Mark = '~';

    private static readonly SearchValues<byte> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.@:"u8);

    /// <summary>The page of a user: <c>/users/system:serviceaccount:prod:ci?from=…&amp;to=…</c>.</summary>
    public static string Page(string user, SearchUrl url) => $"/users/{Encode(user)}?{url.Range}";

    public static string Encode(string user)
    {
        var path = new StringBuilder(user.Length);
        foreach (var value in Encoding.UTF8.GetBytes(user))
        {
            if (Plain.Contains(value) && !(value == '.' && path.Length == 0))
            {
                path.Append((char)value);
            }
            else
            {
                path.Append(CultureInfo.InvariantCulture, $"{Mark}{value:X2}");
            }
        }

        return path.ToString();
    }

    /// <summary>What was encoded; a mark that no such digits follow stands for itself.</summary>
    public static string Decode(string path)
    {
        var (text, user) = (Encoding.UTF8.GetBytes(path), new List<byte>(path.Length));
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Mark && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                user.Add(value);
                i += 2;
            }
            else
            {
                user.Add(text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. user]);
    }
}
