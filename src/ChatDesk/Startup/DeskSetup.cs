using ChatDesk.Cases;
using ChatDesk.Cases.Intake;
using ChatDesk.Cases.Law;
using ChatDesk.Cases.Officers;
using ChatDesk.Cases.Open311;
using ChatDesk.Cases.Promises;
using ChatDesk.Cases.Rules;
using ChatDesk.Cases.Surveys;
using ChatDesk.Cases.Telling;
using ChatDesk.Cases.Tracking;
using ChatDesk.Cases.Webhooks;
using ChatDesk.Channels.Line.Content;
using ChatDesk.Channels.Line.Receiving;
using ChatDesk.Channels.Line.Sending;
using ChatDesk.Channels.Mail;
using ChatDesk.Channels.Web;
using ChatDesk.Channels.Web.Access;
using ChatDesk.Conversations;
using ChatDesk.Conversations.Stages;
using ChatDesk.Data;
using ChatDesk.Delivery;
using ChatDesk.Delivery.Postgres;
using ChatDesk.Delivery.Sqlite;
using ChatDesk.Desk.Opening;
using ChatDesk.Handover;
using ChatDesk.Handover.Postgres;
using ChatDesk.Handover.Sqlite;
using ChatDesk.Hours;
using ChatDesk.Pages;
using ChatDesk.People.Audit;
using ChatDesk.People.SignIn;
using ChatDesk.Returns;
using ChatDesk.Triage;
using ChatDesk.Triage.AzureLanguage;
using ChatDesk.Triage.Local;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatDesk.Startup;

/// <summary>Puts the rooms together: one Add line a room.</summary>
internal static class DeskSetup
{
    public static IServiceCollection AddDesk(this IServiceCollection services, DeskSettings settings, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(settings)
            .AddSingleton(settings.Line)
            .AddKeys(settings)
            .AddDelivery(settings)
            .AddCases(settings)
            .AddCaseExchange(settings)
            .AddConversations()
            .AddTriage()
            .AddLineReceiving()
            .AddLineSending(configuration)
            .AddLineContent()
            .AddWebChat(settings.Web)
            .AddMail(settings.Mail)
            .AddReturns(settings.Returns)
            .AddHostedService<TypingSigns>()
            .AddPages(new PagesOptions(settings.Agencies, settings.Web.Agencies.ToDictionary(a => a.Key, a => a.Value.TrustedOrigins)) { Directory = configuration["Pages:Directory"] });
    }

    /// <summary>
    /// The keys that tokens and cookies are sealed with, of contacts and officers alike: kept with the data, so that a restart makes none of them void
    /// and what one replica sealed every other opens. No other room says where keys lie: the last word would win.
    /// </summary>
    private static IServiceCollection AddKeys(this IServiceCollection services, DeskSettings settings)
    {
        if (settings.Ledger.Postgres is not null)
        {
            services.AddHostedService<FirstSealKey>().AddSingleton<SealKeys>();
            services.AddOptions<KeyManagementOptions>().Configure<SealKeys>((options, keys) => options.XmlRepository = keys);
            services.AddDataProtection().SetApplicationName("ChatDesk");
            return services;
        }
        var folder = new DirectoryInfo(Path.Combine(settings.DataDirectory, "keys"));
        folder.Create();
        // Whoever can read the keys can make a token for any conversation; the ledger beside them says as much.
        if (!OperatingSystem.IsWindows()) folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        services.AddDataProtection().SetApplicationName("ChatDesk").PersistKeysToFileSystem(folder);
        return services;
    }

    /// <summary>The ledger, session state, and the workers that keep both moving.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, DeskSettings settings)
    {
        services.TryAddSingleton<ContentLibrary>();
        services.AddSingleton<DeskFeed>();
        services = settings.Ledger.Postgres is { } postgres ? services.AddPostgres(postgres) : services.AddSqlite(settings);
        services.AddHostedService<HandoverWatch>();
        services.AddSingleton(provider => new FileLinks(
            provider.GetRequiredService<IDataProtectionProvider>(), provider.GetRequiredService<TimeProvider>(), agency => settings.Web.Agencies.GetValueOrDefault(agency)?.PublicUrl));
        services.AddSingleton<ChannelStandings>();
        services.AddSingleton<ContactSigns>();
        services.TryAddSingleton<ChannelQuotas>();
        services.AddSingleton<OutboxWorker>();
        services.AddHostedService<LedgerSweeper>();
        if (settings.Redis is null) return services.AddSingleton<ISessionStore>(_ => new MemorySessionStore());
        services.AddSingleton(_ => new RedisConnection(settings.Redis)).AddHostedService<RedisCheck>();
        services.AddSingleton(provider => new SharedTries(() => provider.GetRequiredService<RedisConnection>().Now));
        services.AddSingleton(provider => new SharedBuckets(() => provider.GetRequiredService<RedisConnection>().Now));
        services.AddHostedService<RedisSigns>();
        return services.AddSingleton<ISessionStore>(provider => new RedisSessionStore(
            provider.GetRequiredService<RedisConnection>().Connecting, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RedisSessionStore>>()));
    }

    /// <summary>The ledger, the officers' queue that lives with it, and contacts' files, on this machine.</summary>
    private static IServiceCollection AddSqlite(this IServiceCollection services, DeskSettings settings) => services
        .AddSingleton(provider => SqliteLedger.Open(settings.LedgerPath, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<SqliteHandovers>()))
        .AddSingleton<ILedger>(provider => provider.GetRequiredService<SqliteLedger>())
        .AddSingleton(provider => new SqliteHandovers(provider.GetRequiredService<DeskFeed>(), provider.GetRequiredService<TimeProvider>(), Hours(provider)))
        .AddSingleton<IOfficerQueue, SqliteOfficerQueue>()
        .AddSingleton<FileStore>(new DiskFiles(Path.Combine(settings.DataDirectory, "files")));

    /// <summary>The same in PostgreSQL, shared by all replicas.</summary>
    private static IServiceCollection AddPostgres(this IServiceCollection services, string connection) => services
        .AddSingleton(provider => PostgresLedger.Open(connection, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<PostgresHandovers>()))
        .AddSingleton<ILedger>(provider => provider.GetRequiredService<PostgresLedger>())
        .AddSingleton(provider => new PostgresHandovers(provider.GetRequiredService<DeskFeed>(), provider.GetRequiredService<TimeProvider>(), Hours(provider)))
        .AddSingleton<IOfficerQueue, PostgresOfficerQueue>()
        .AddSingleton<FileStore, PostgresFileStore>();

    /// <summary>An agency's hours as its editors wrote them last; null until its content is read.</summary>
    private static Func<string, AgencyHours?> Hours(IServiceProvider provider)
    {
        var library = provider.GetRequiredService<ContentLibrary>();
        return agency => library.Has(agency) ? library.For(agency).Hours : null;
    }

    /// <summary>The spine: content, stages, the pipeline and the worker that runs turns.</summary>
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.TryAddSingleton<ContentLibrary>();
        return services
            .AddSingleton<NoticeStage>()
            .AddSingleton<EmergencyStage>()
            .AddReturnBook()
            .AddSingleton<ReturnStage>()
            .AddSingleton<CaseStage>()
            .AddSingleton<OfficerStage>()
            .AddSingleton<CommandStage>()
            .AddSingleton<DialogStage>()
            .AddSingleton<KnowledgeStage>()
            .AddSingleton<FallbackStage>()
            .AddSingleton<OfficerCalls>()
            .AddSingleton<SurveyOffer>()
            .AddSingleton<ConnectorCalls>()
            .AddSingleton<DialogEffects>()
            .AddSingleton<DialogRunner>()
            .AddSingleton<TurnPipeline>()
            .AddSingleton<TurnFeed>()
            .AddHostedService<TurnWorker>();
    }

    /// <summary>The desk's records and the cases in them, with the worker that keeps both in step with the ledger.</summary>
    public static IServiceCollection AddCases(this IServiceCollection services, DeskSettings settings) => services
        .AddSingleton(_ => settings.Ledger.Postgres is { } postgres ? DeskDatabase.OpenPostgres(postgres) : DeskDatabase.OpenSqlite(settings.RecordsPath))
        .AddSingleton<CaseBasisOf>(provider =>
        {
            var library = provider.GetRequiredService<ContentLibrary>();
            return agency => new CaseBasis(library.For(agency).Cases, library.For(agency).Hours);
        })
        .AddSingleton(provider => new HoursEditing(
            agency => ContentFolders.Dialogs(settings.ContentDirectory, agency), Path.Combine(settings.DataDirectory, "versions", "hours"),
            provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new CaseAgencies(settings.Agencies, provider.GetRequiredService<ContentLibrary>().Loaded))
        .AddSingleton<CaseBook>()
        .AddSingleton<PromiseBook>()
        .AddSingleton<CaseDesk>()
        .AddSingleton<CaseActs>()
        .AddSingleton<CaseLaws>()
        .AddSingleton<CaseClosing>()
        .AddSingleton<CaseViews>()
        .AddSingleton<CaseContact>()
        .AddSingleton<CaseTracking>()
        .AddSingleton<TrackingBrake>()
        .AddSingleton<SurveyBook>()
        .AddSingleton<CaseIntake>()
        .AddSingleton<CaseMask>(text => Knowledge.Reflexes.PiiMask.Mask(text).Text)
        .AddSingleton<CaseTriage>()
        .AddSingleton<CaseTelling>()
        .AddHostedService<CaseWorker>();

    /// <summary>Cases for other systems: Open311, signed webhooks, and the document of both.</summary>
    private static IServiceCollection AddCaseExchange(this IServiceCollection services, DeskSettings settings)
    {
        services.AddHttpClient(CaseHooks.Client, client => client.Timeout = TimeSpan.FromSeconds(10))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        return services
            .AddSingleton<Open311Access>()
            .AddSingleton<Open311Requests>()
            .AddSingleton(settings.CaseHooks)
            .AddSingleton<CaseHooks>()
            .AddHostedService<CaseHookWorker>()
            .AddOpenApi("v1");
    }

    /// <summary>Reading urgency, sentiment and topic; the local reading for agencies without Azure. No turn waits for it yet.</summary>
    public static IServiceCollection AddTriage(this IServiceCollection services) => services
        .AddSingleton(provider => new LocalTextAnalytics(ContentOf(provider.GetRequiredService<ContentLibrary>())))
        .AddSingleton<ITextAnalytics, AzureTextAnalytics>();

    private static Func<string, TriageContent> ContentOf(ContentLibrary library) => agency => library.Has(agency) ? library.For(agency).Triage : TriageContent.Empty;

    private static IServiceCollection AddLineContent(this IServiceCollection services) => services.AddHostedService<LineContentWorker>();
}
