return await Dev.Cli.RunAsync(args);
