using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ChatDesk.Benchmarks;

// The pieces of a turn, one by one, in this process: what each costs and what it leaves to the collector. Whole turns over the network are
// measured by `LinePlatform bench` and `peers`.
BenchmarkSwitcher.FromAssembly(typeof(WebhookBenchmarks).Assembly).Run(args, DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default));
