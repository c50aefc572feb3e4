using KubeLens.EndToEnd.Tests;

// One system on one machine at a time: some tests kill parts of it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(SharedSystem))]
