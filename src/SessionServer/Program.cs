using SessionHosting;
using SessionServer;

return await HostStart.RunAsync(() => SessionHost.Build(args));
