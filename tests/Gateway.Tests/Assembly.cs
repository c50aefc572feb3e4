using KubeLens.Testing;

[assembly: AssemblyFixture(typeof(TestCluster))]
