using KubeLens.DemoCluster;
using KubeLens.ServiceDefaults;

return await ConfigurationExit.RunAsync(() => DemoClusterProgram.Build(args));
