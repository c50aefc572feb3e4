using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Tests.Redact;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class FingerprintKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kubelens-redact-").FullName;

    [Fact]
    public void LoadOrCreate_NoFile_MakesOneForItsOwnerOnly()
    {
        var file = Path.Combine(_folder, "new", "key");

        var made = FingerprintKey.LoadOrCreate(file);

        made.Bytes.Length.ShouldBe(32);
        FingerprintKey.LoadOrCreate(file).Bytes.ToArray().ShouldBe(made.Bytes.ToArray());
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(Path.GetDirectoryName(file)!).ShouldHaveSingleItem();
    }

    [Fact]
    public void LoadOrCreate_ManyAtOnce_AgreeOnOneKey()
    {
        var file = Path.Combine(_folder, "key");

        var keys = Enumerable.Range(0, 32).AsParallel().WithDegreeOfParallelism(8).Select(_ => Convert.ToHexString(FingerprintKey.LoadOrCreate(file).Bytes)).ToArray();

        keys.Distinct().ShouldHaveSingleItem();
        Directory.GetFiles(_folder).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123")]
    [InlineData("zz23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void LoadOrCreate_NoKeyInTheFile_NamesTheFile(string content)
    {
        var file = Path.Combine(_folder, "key");
        File.WriteAllText(file, content);

        Should.Throw<InvalidOperationException>(() => FingerprintKey.LoadOrCreate(file)).Message.ShouldContain(file);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
