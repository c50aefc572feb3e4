namespace KubeLens.Gateway.Tests.Fuzz;

/// <summary>Inputs that once failed, and one of each target that never did.</summary>
public class KeptInputTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(FuzzRun.Kept, "*.bin").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Target_KeptInput_Holds(string file)
    {
        var name = file[..file.LastIndexOf('-')];
        Should.NotThrow(() => FuzzRun.Check(FuzzTargets.All.Single(target => target.Name == name), File.ReadAllBytes(Path.Combine(FuzzRun.Kept, file))));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Target_FirstInputs_Hold(string name)
    {
        const int Inputs = 50;
        var target = FuzzTargets.All.Single(target => target.Name == name);
        var random = new Random(1);
        for (var i = 0; i < Inputs; i++)
        {
            var input = target.Make(random);
            Should.NotThrow(() => FuzzRun.Check(target, input), Convert.ToBase64String(input));
        }
    }
}
