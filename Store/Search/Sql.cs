using System.Text;
using Npgsql;

namespace KubeLens.Store.Search;

/// <summary>
/// A piece of SQL with its values. Each <c>?</c> in the text stands for the next value, so pieces can be joined in any way;
/// nothing that a user wrote is ever part of the text.
/// </summary>
internal sealed record Sql(string Text, IReadOnlyList<Func<NpgsqlParameter>> Values)
{
    public static readonly Sql True = new("true", []);
    public static readonly Sql False = new("false", []);

    public static Sql Of<T>(string text, params ReadOnlySpan<T> values)
    {
        var bound = new Func<NpgsqlParameter>[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            bound[i] = () => new NpgsqlParameter<T> { TypedValue = value };
        }

        return new Sql(text, bound);
    }

    public static Sql Join(string separator, IReadOnlyList<Sql> items) =>
        items.Count == 1 ? items[0] : new Sql($"({string.Join($" {separator} ", items.Select(i => i.Text))})", [.. items.SelectMany(i => i.Values)]);

    public Sql Not() => new($"not {(Text.StartsWith('(') && Text.EndsWith(')') ? Text : $"({Text})")}", Values);

    public static Sql operator +(Sql left, Sql right) => new(left.Text + right.Text, [.. left.Values, .. right.Values]);

    public static Sql operator +(Sql left, string right) => new(left.Text + right, left.Values);

    public NpgsqlBatchCommand ToCommand()
    {
        var text = new StringBuilder(Text.Length + Values.Count * 2);
        var number = 0;
        foreach (var c in Text)
        {
            _ = c == '?' ? text.Append('$').Append(++number) : text.Append(c);
        }

        var command = new NpgsqlBatchCommand(text.ToString());
        foreach (var value in Values)
        {
            command.Parameters.Add(value());
        }

        return command;
    }
}
