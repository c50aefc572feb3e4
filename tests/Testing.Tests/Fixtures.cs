using KubeLens.Testing;

[assembly: AssemblyFixture(typeof(Browser))]
[assembly: AssemblyFixture(typeof(TestCluster))]
