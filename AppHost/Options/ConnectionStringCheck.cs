using System.Data.Common;

namespace KubeLens.AppHost.Options;

/// <summary>Catches what is no connection string at all. Whether somebody answers there is the Store's to say.</summary>
internal static class ConnectionStringCheck
{
    private const string Expected = "Write it as 'Host=db;Port=5432;Username=kubelens;Password=…;Database=kubelens'.";

    // The value holds a password: no message repeats it.
    public static string? Check(string? value, List<string> problems)
    {
        if (value is null)
        {
            return null;
        }

        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = value };
            if (!parts.ContainsKey("Host") && !parts.ContainsKey("Server"))
            {
                problems.Add($"{OptionNames.ConnectionString} names no Host. {Expected}");
            }
        }
        catch (ArgumentException)
        {
            problems.Add($"{OptionNames.ConnectionString} cannot be read{(value.Contains("://", StringComparison.Ordinal) ? ": it looks like a URL" : "")}. {Expected}");
        }

        return value;
    }
}
