using ChatDesk.Delivery;

namespace ChatDesk.Channels.Mail;

/// <summary>Adds the way out by e-mail. Nothing comes in by it.</summary>
internal static class MailSetup
{
    public static IServiceCollection AddMail(this IServiceCollection services, MailOptions options) => services
        .AddSingleton(options)
        .AddSingleton<MailBook>()
        .AddSingleton<IChannelSender, MailSender>();
}
