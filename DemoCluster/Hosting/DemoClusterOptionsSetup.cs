using KubeLens.Gateway;
using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Hosting;

/// <summary>Fills in the home folder and checks the rest.</summary>
internal sealed class DemoClusterOptionsSetup(IConfiguration configuration) : IPostConfigureOptions<DemoClusterOptions>, IValidateOptions<DemoClusterOptions>
{
    public void PostConfigure(string? name, DemoClusterOptions options) => options.Home = Path.GetFullPath(
        !string.IsNullOrWhiteSpace(options.Home) ? options.Home
        : configuration["KUBELENS_HOME"] is { Length: > 0 } home ? Path.Combine(home, "demo")
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kubelens", "demo"));

    public ValidateOptionsResult Validate(string? name, DemoClusterOptions options)
    {
        var problems = new List<string>();
        if (options.Port is < 0 or > 65535)
        {
            problems.Add($"{DemoClusterOptions.Section}:{nameof(options.Port)} is {options.Port}: give a port from 1 to 65535, or 0 for a free one.");
        }

        if (WhyNotWritable(options.Home) is { } problem)
        {
            problems.Add($"{DemoClusterOptions.HomeKey} is \"{options.Home}\": {problem.TrimEnd('.')}. Name a folder that the user who runs the demo cluster may write to.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string? WhyNotWritable(string home)
    {
        try
        {
            PrivateFiles.CreateFolder(home);
            var probe = Path.Combine(home, ".writable");
            PrivateFiles.Write(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
