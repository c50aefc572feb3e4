using KubeLens.Testing;

[assembly: AssemblyFixture(typeof(PostgresServer))]
