#!/usr/bin/env dotnet
#:project eng/dev
#:property PublishAot=false
return await Dev.Cli.RunAsync(args);
