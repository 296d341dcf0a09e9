using ChatDesk.Channels.Line.Content;
using ChatDesk.Delivery;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>Puts together everything that leaves towards LINE.</summary>
internal static class LineSendingSetup
{
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
        services.AddSingleton<IChannelSender, LineSender>();
        services.AddHostedService(provider => provider.GetRequiredService<LineQuota>());
        return services;
    }
}
