using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// The pieces of a turn, one by one, in this process: what each costs and what it leaves to the collector. Whole turns over the network are
// measured by `LinePlatform bench` and `peers`.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Default))
    .AddDiagnoser(MemoryDiagnoser.Default));
