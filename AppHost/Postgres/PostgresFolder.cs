using KubeLens.AppHost.Linux;

namespace KubeLens.AppHost.Postgres;

/// <summary>What lies where in the state folder's <c>postgres/</c>.</summary>
internal sealed record PostgresFolder(string Root)
{
    /// <summary>The database cluster. It is there whole, or not at all.</summary>
    public string Data => Path.Combine(Root, "data");

    /// <summary>A cluster that is being made.</summary>
    public string NewData => Path.Combine(Root, "data.new");

    /// <summary>Where the socket is, if the path is short enough for one.</summary>
    public string Run => Path.Combine(Root, "run");

    /// <summary>The Store's password. The server itself cannot read it.</summary>
    public string Password => Path.Combine(Root, "password");

    /// <summary>PostgreSQL's version that made the data; null when there is none.</summary>
    public int? DataMajor => File.Exists(Path.Combine(Data, "PG_VERSION")) ? int.Parse(File.ReadAllText(Path.Combine(Data, "PG_VERSION")), null) : null;

    /// <summary>Makes the folders; under root, lets the server's group walk to its own.</summary>
    public void Create(string home, ServerUser? user)
    {
        PrivatePath.CreateFolder(Root, groupMayEnter: user is not null);
        PrivatePath.CreateFolder(Run);
        if (user is not null)
        {
            UnixProcess.ChangeOwner(home, 0, user.Group);
            UnixProcess.ChangeOwner(Root, 0, user.Group);
            UnixProcess.ChangeOwner(Run, user.Id, user.Group);
            PrivatePath.CreateFolder(home, groupMayEnter: true);
            PrivatePath.CreateFolder(Root, groupMayEnter: true); // a change of owner may have reset it
        }
    }
}
