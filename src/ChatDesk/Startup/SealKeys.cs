using System.Data;
using System.Xml.Linq;
using ChatDesk.Delivery.Postgres;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace ChatDesk.Startup;

/// <summary>The keys that tokens and cookies are sealed with, in the database that all replicas share: what one seals every other opens.</summary>
internal sealed class SealKeys(PostgresLedger ledger) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => ledger.Together(IsolationLevel.ReadCommitted, session =>
    {
        var all = session.Prepare("SELECT xml FROM seal_keys ORDER BY name");
        var keys = new List<XElement>();
        while (all.Step()) keys.Add(XElement.Parse(all.Text(0)));
        return keys;
    });

    public void StoreElement(XElement element, string friendlyName) => ledger.Together(IsolationLevel.ReadCommitted, session => session
        .Prepare("INSERT INTO seal_keys (name, xml) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET xml = excluded.xml")
        .Bind(1, friendlyName).Bind(2, element.ToString(SaveOptions.DisableFormatting)).Run());
}

/// <summary>
/// Makes the first key before anybody needs one. Replicas that start together on an empty database take turns: each with a key of
/// its own, they would not open each other's tokens until they looked again a day later. Later keys are made days before their use.
/// </summary>
internal sealed class FirstSealKey(PostgresLedger ledger, IKeyManager keys, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(90);

    /// <summary>Between the lock and the end a key is made, by code that runs for the first time, on a machine busy with starting. Others wait ten seconds for the lock (<see cref="LedgerSettings"/>).</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(8);

    public Task StartAsync(CancellationToken cancellationToken) => ledger.TogetherAsync(IsolationLevel.ReadCommitted, session =>
    {
        session.Prepare("SELECT pg_advisory_xact_lock(4851204)").ReadOne();
        var now = time.GetUtcNow();
        if (keys.GetAllKeys().Count == 0) keys.CreateNewKey(now, now + Life);
        return true;
    }, Pause);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
