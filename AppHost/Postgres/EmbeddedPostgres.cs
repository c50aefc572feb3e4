using System.Data.Common;
using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Processes;
using KubeLens.AppHost.State;
using KubeLens.AppHost.Terminal;

namespace KubeLens.AppHost.Postgres;

/// <summary>A PostgreSQL of our own in the state folder: a private socket, a password, no TCP, and it ends with us.</summary>
internal sealed class EmbeddedPostgres
{
    private readonly PostgresFolder _folder;
    private readonly ServerUser? _user;
    private readonly BinarySearch _search;
    private readonly LeftOverServer _leftOver;
    private readonly string _socketFolder;
    private readonly string _password;
    private bool _passwordIsSet;
    private PostgresBinaries? _binaries;

    private EmbeddedPostgres(PostgresFolder folder, ServerUser? user, string socketFolder, BinarySearch search, LeftOverServer leftOver)
    {
        (_folder, _user, _socketFolder, _search, _leftOver) = (folder, user, socketFolder, search, leftOver);
        var known = SecretFile.Read(folder.Password);
        (_password, _passwordIsSet) = (known ?? SecretFile.Make(), known is not null);
    }

    /// <summary>For the Store. It holds the password.</summary>
    public string ConnectionString => new DbConnectionStringBuilder
    {
        ["Host"] = _socketFolder,
        ["Port"] = PostgresSettings.Port,
        ["Username"] = ClusterCreation.Name,
        ["Password"] = _password,
        ["Database"] = ClusterCreation.Name,
    }.ConnectionString;

    public Resource Resource => new("postgres", Colour.Blue, PrepareAsync, new PostgresProbe(_folder.Data))
    {
        Environment = PostgresVariables.Removed(),
    };

    /// <summary>Makes its folders. The rest is done when the resource starts.</summary>
    public static async Task<EmbeddedPostgres> CreateAsync(StateFolder state, BinarySearch search, Action<string> report, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = new PostgresFolder(state.Postgres);
        var user = await ServerUser.FindAsync(folder.Data, cancellationToken);
        folder.Create(state.Home, user);
        if (await ServerUser.FindClosedFolderAsync(user, folder.Root, cancellationToken) is { } closed)
        {
            throw new AppHostException($"PostgreSQL does not run as root, so it runs as '{user!.Name}', who may not enter {closed}. Set KUBELENS_HOME to a folder that is not inside it (root's default is /var/lib/kubelens), or start AppHost as another user.", ExitCodes.Usage);
        }

        var socketFolder = SocketFolder.Choose(folder.Run, user, Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"));
        return new EmbeddedPostgres(folder, user, socketFolder, search, new LeftOverServer(folder.Data, report, time));
    }

    /// <summary>Everything before a start, the first one and those after a crash alike.</summary>
    private async Task<IReadOnlyList<string>> PrepareAsync(CancellationToken cancellationToken)
    {
        _binaries ??= await _search.FindAsync(_folder.DataMajor, cancellationToken);
        var cluster = new ClusterCreation(_folder, _binaries, _user);
        if (_folder.DataMajor is null)
        {
            await cluster.CreateAsync(_password, cancellationToken);
        }
        else
        {
            await _leftOver.WaitForEndAsync(cancellationToken);
            if (!_passwordIsSet)
            {
                await cluster.SetPasswordAsync(_password, cancellationToken);
            }
        }

        if (!_passwordIsSet)
        {
            SecretFile.Write(_folder.Password, _password);
            _passwordIsSet = true;
        }

        // Like postmaster.pid, it may name a process id that is now somebody else's.
        File.Delete(SocketFolder.SocketPath(_socketFolder) + ".lock");
        var compression = await PostgresSettings.WalCompressionAsync(arguments => Tool.RunAsync(ServerUser.Run(_user, [_binaries.Server, .. arguments]), cancellationToken), _folder.Data);
        return HeldShell.Run(ServerUser.Run(_user, [_binaries.Server, .. PostgresSettings.Arguments(_folder.Data, _socketFolder, compression)]), signal: "INT");
    }
}
