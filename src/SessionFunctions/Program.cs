using SessionFunctions;
using SessionHosting;

return await HostStart.RunAsync(() => FunctionsHost.Build(args));
