using ChatDesk.Channels.Line.Content;
using ChatDesk.Delivery;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>Puts together everything that leaves towards LINE.</summary>
internal static class LineSendingSetup
{
    /// <summary>Some of LINE's 2,000 a second are left for what replicas take without asking.</summary>
    private const int SharedPace = 1_800;

    /// <summary>Registers the sender, the client and the quota watch. Nothing is checked here: who starts the desk reads <see cref="LineOptions.Problems"/>.</summary>
    public static IServiceCollection AddLineSending(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(LineOptions.Read(configuration));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => new LineBackoff(Random.Shared));
        services.TryAddSingleton<LineWire>();
        services.TryAddSingleton<LineAccessTokens>();
        services.TryAddSingleton<LineClient>();
        services.TryAddSingleton<LineContentDownload>();
        services.TryAddSingleton<ChannelQuotas>();
        services.TryAddSingleton<LineQuota>();
        services.TryAddSingleton(Pace);
        services.AddSingleton<IChannelSender, LineSender>();
        services.AddHostedService(provider => provider.GetRequiredService<LineQuota>());
        return services;
    }

    private static LinePace Pace(IServiceProvider provider)
    {
        var redis = provider.GetService<RedisConnection>();
        return new(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<LineOptions>().CallsPerSecond ?? (redis is null ? 0 : SharedPace), redis);
    }
}
