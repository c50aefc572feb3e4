using System.Diagnostics;
using System.Globalization;
using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Postgres;
using KubeLens.AppHost.Tests.Support;
using Npgsql;

namespace KubeLens.AppHost.Tests.Postgres;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Start_Fresh_LetsOnlyTheOwnerInByPassword()
    {
        SkipWithoutPostgres();
        await using var postgres = await RunningPostgres.StartAsync(_home);

        (await postgres.QueryAsync("select current_database() || ' ' || current_user || ' ' || current_setting('server_encoding') || ' ' || (select datcollate from pg_database where datname = current_database())")).ShouldBe("kubelens kubelens UTF8 C");
        (await postgres.QueryAsync("select current_setting('listen_addresses')")).ShouldBe("");
        (await postgres.QueryAsync("select rolsuper from pg_roles where rolname = current_user")).ShouldBe("False");

        var wrong = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "guess" };
        (await RefusalAsync(wrong)).ShouldBe(PostgresErrorCodes.InvalidPassword);
        var superuser = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Username = "postgres", Database = "postgres" };
        (await RefusalAsync(superuser)).ShouldBe(PostgresErrorCodes.InvalidAuthorizationSpecification);

        File.GetUnixFileMode(_home.In("postgres", "password")).ShouldBe(PrivatePath.SecretMode);
        (File.GetUnixFileMode(_home.In("postgres", "run")) & ~PrivatePath.FolderMode).ShouldBe(UnixFileMode.None);
        (File.GetUnixFileMode(_home.Path) & (UnixFileMode.OtherExecute | UnixFileMode.OtherRead | UnixFileMode.GroupRead)).ShouldBe(UnixFileMode.None);
    }

    [Fact]
    public async Task Start_ServerKilled_IsBackWithItsData()
    {
        SkipWithoutPostgres();
        await using var postgres = await RunningPostgres.StartAsync(_home);
        await postgres.QueryAsync("create table kept as select 42 as answer");

        using (var server = Process.GetProcessById(ServerProcess()))
        {
            server.Kill();
        }

        await Eventually.ContainsAsync(postgres.Output, "postgres ended by itself (signal 9)");
        await Eventually.TrueAsync(() => postgres.Output.Lines.Count(line => line.EndsWith("ready to accept connections", StringComparison.Ordinal)) == 2, () => postgres.Output.Text);
        postgres.DropConnections();
        (await postgres.QueryAsync("select answer from kept")).ShouldBe("42");
    }

    [Fact]
    public async Task Start_OnlyItsShellKilled_ServerEndsAndIsStartedAgain()
    {
        SkipWithoutPostgres();
        await using var postgres = await RunningPostgres.StartAsync(_home);

        using (var shell = Process.GetProcessById(ParentOf(ServerProcess())))
        {
            shell.ProcessName.ShouldBe("sh");
            shell.Kill();
        }

        await Eventually.ContainsAsync(postgres.Output, "postgres is ready again");
        postgres.Output.Text.ShouldContain("database system is shut down");
        postgres.DropConnections();
        (await postgres.QueryAsync("select 1")).ShouldBe("1");
    }

    [Fact]
    public async Task Start_AfterACleanStop_KeepsDataAndSurvivesALostPassword()
    {
        SkipWithoutPostgres();
        CapturedOutput output;
        await using (var first = await RunningPostgres.StartAsync(_home))
        {
            output = first.Output;
            await first.QueryAsync("create table kept as select 42 as answer");
        }

        output.Text.ShouldContain("database system is shut down");

        File.Delete(_home.In("postgres", "password"));
        // As after a crash, when the process id was given to somebody else since: this very process.
        await File.WriteAllTextAsync(_home.In("postgres", "data", "postmaster.pid"), string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"), TestContext.Current.CancellationToken);

        await using var second = await RunningPostgres.StartAsync(_home);
        (await second.QueryAsync("select answer from kept")).ShouldBe("42");
    }

    [Fact]
    public async Task Start_ClusterHalfMade_MakesItAnew()
    {
        SkipWithoutPostgres();
        Directory.CreateDirectory(_home.In("postgres", "data.new", "base"));

        await using var postgres = await RunningPostgres.StartAsync(_home);

        (await postgres.QueryAsync("select 1")).ShouldBe("1");
        Directory.Exists(_home.In("postgres", "data.new")).ShouldBeFalse();
    }

    [Fact]
    public async Task Start_HomeIsLongAndHasSpaces_PutsTheSocketElsewhere()
    {
        SkipWithoutPostgres();
        using var home = new TestHome($"a b, {new string('x', 120)}");
        string socketFolder;
        await using (var postgres = await RunningPostgres.StartAsync(home))
        {
            socketFolder = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
            (await postgres.QueryAsync("select 1")).ShouldBe("1");
        }

        socketFolder.ShouldNotStartWith(home.Path);
        (File.GetUnixFileMode(socketFolder) & ~PrivatePath.FolderMode).ShouldBe(UnixFileMode.None);
        Directory.Delete(socketFolder, recursive: true);
    }

    [Fact]
    public async Task Create_RootsFolderIsClosedToTheServersUser_SaysWhichOne()
    {
        Assert.SkipUnless(UnixProcess.IsRoot, "needs root: only root's server runs as another user");
        File.SetUnixFileMode(_home.Root, PrivatePath.FolderMode);

        var problem = await Should.ThrowAsync<AppHostException>(RunningPostgres.StartAsync(_home));

        problem.Message.ShouldContain($"may not enter {_home.Root}.");
        problem.Message.ShouldContain("KUBELENS_HOME");
    }

    [Fact]
    public async Task Start_FromNpm_ServesUtf8AndTheExtensionsWeUse()
    {
        Assert.SkipWhen(SearchPath.Find("npm") is null, "needs npm on PATH");
        var search = new BinarySearch(_home.In("postgres-npm"), _ => { }) { Roots = [], SearchPathValue = NpmOnlyPath() };
        RunningPostgres postgres;
        try
        {
            postgres = await RunningPostgres.StartAsync(_home, search);
        }
        catch (ShouldAssertException failure) when (failure.Message.Contains("npm could not fetch", StringComparison.Ordinal) && failure.Message.Contains("network", StringComparison.OrdinalIgnoreCase))
        {
            Assert.Skip("needs a registry that npm reaches");
            return;
        }

        await using (postgres)
        {
            (await postgres.QueryAsync("show server_version")).ShouldStartWith("18.");
            await postgres.QueryAsync("create extension pg_trgm");
            (await postgres.QueryAsync("select upper('ok ünïcode ✓')")).ShouldBe("OK üNïCODE ✓"); // C locale: ASCII only
        }
    }

    private static void SkipWithoutPostgres() =>
        Assert.SkipWhen(new BinarySearch("", _ => { }).Installed().All(folder => !File.Exists(Path.Combine(folder, "initdb"))), "needs PostgreSQL 15 to 18");

    // A PATH with npm and node but without postgres.
    private string NpmOnlyPath()
    {
        var folder = Directory.CreateDirectory(_home.In("bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "npm"), SearchPath.Find("npm")!);
        return folder;
    }

    private int ServerProcess() => int.Parse(File.ReadLines(_home.In("postgres", "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    // PPid:	4711
    private static int ParentOf(int process) =>
        int.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("PPid:", StringComparison.Ordinal))[5..], CultureInfo.InvariantCulture);

    private static async Task<string> RefusalAsync(NpgsqlConnectionStringBuilder builder)
    {
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        return (await Should.ThrowAsync<PostgresException>(connection.OpenAsync(TestContext.Current.CancellationToken))).SqlState;
    }
}
