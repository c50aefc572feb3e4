namespace KubeLens.Gateway.Tests.Fuzz;

/// <summary>Changes a sound input in a few places, as damage and malice would; blind to what the parser makes of it.</summary>
internal static class FuzzMutator
{
    private const int Longest = 64 * 1_024;
    private static readonly byte[][] Pieces = [[0], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0x80], .. Texts("{", "}", "[", "]", "\"", "\\u", "\\ud800", ":", ",", "\n", "- ", "&a ", "*a", "%", "%2", "%zz", "/", "//", "..", "?", "&", "=", ";", " ", "\r\n", "1e999", "-0", "null", "é", "k8s\0", "eyJ", "Bearer ", "://", "@", "(", ")", "NOT ", "AND ", "*", "999999999999999999999")];

    public static byte[] Mutate(byte[][] corpus, Random random)
    {
        var bytes = corpus[random.Next(corpus.Length)].ToList();
        for (var changes = random.Next(6); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = random.Next(Math.Min(64, bytes.Count - at) + 1);
            switch (random.Next(8))
            {
                case 0 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 1 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length)); break;
                case 4: bytes.InsertRange(at, Pieces[random.Next(Pieces.Length)]); break;
                case 5: bytes.InsertRange(at, Enumerable.Repeat(Pieces[random.Next(Pieces.Length)], random.Next(1 << random.Next(12))).SelectMany(p => p)); break;
                case 6 when random.Next(4) == 0: bytes.RemoveRange(at, bytes.Count - at); break;
                default:
                    var other = corpus[random.Next(corpus.Length)];
                    var from = random.Next(other.Length + 1);
                    bytes.InsertRange(at, other.AsSpan(from, random.Next(Math.Min(256, other.Length - from) + 1)).ToArray());
                    break;
            }
        }

        return [.. bytes.Take(Longest)];
    }

    private static byte[][] Texts(params string[] texts) => [.. texts.Select(System.Text.Encoding.UTF8.GetBytes)];
}
