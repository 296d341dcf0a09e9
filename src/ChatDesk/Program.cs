return await ChatDesk.Startup.CommandLine.RunAsync(args);
