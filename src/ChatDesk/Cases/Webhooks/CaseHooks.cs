using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatDesk.Cases.Model;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases.Webhooks;

/// <summary>
/// Tells other systems of the agency what happened to cases: signed, in order, at least once. The place reached is kept
/// for each address, so nothing is passed over while one is away; protected cases are never told of. One replica at a time
/// tells an address, under a lease: should it die or stand still while it does, the next one may tell an event once more.
/// </summary>
internal sealed class CaseHooks(DeskDatabase database, CaseHookOptions options, IHttpClientFactory clients, TimeProvider time, ILogger<CaseHooks> log)
{
    public const string Client = "case-hooks";
    private const int Batch = 50;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Taken anew before each call; longer than a call may take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly string _holder = Guid.NewGuid().ToString("N");

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Tries, DateTimeOffset Next)> _waiting = new(StringComparer.Ordinal);

    /// <summary>Sends what there is to every address that is not being waited for.</summary>
    public async Task CatchUpAsync(CancellationToken stopping)
    {
        foreach (var hook in options.Hooks)
        {
            if (_waiting.TryGetValue(hook.Name, out var wait) && time.GetUtcNow() < wait.Next) continue;
            await TellAsync(hook, stopping);
        }
    }

    /// <summary>Sends one event again to every address of the agency.</summary>
    /// <returns>How many took it; null when there is no such event.</returns>
    public async Task<int?> ReplayAsync(string agency, long id, CancellationToken stopping)
    {
        var found = await ReadAsync(agency, id - 1, 1, stopping);
        if (found.Count == 0 || found[0].Id != id) return null;
        var taken = 0;
        foreach (var hook in options.Hooks.Where(h => h.Agency == agency)) taken += await SendAsync(hook, found[0], stopping) ? 1 : 0;
        return taken;
    }

    /// <summary>Events after one, oldest first: for who would rather ask than be told.</summary>
    public async Task<IReadOnlyList<PublicCaseEvent>> ReadAsync(string agency, long after, int max, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        var events = await (
            from one in context.Set<CaseEvent>().AsNoTracking()
            join row in context.Set<Case>() on one.CaseId equals row.Id
            where one.Id > after && !row.Protected && one.Deed != CaseDeed.Note && one.Deed != CaseDeed.Triage && one.Deed != CaseDeed.Link && one.Deed != CaseDeed.Law
            orderby one.Id
            select new { one.Id, one.CaseId, one.Number, CaseNumber = row.Number, row.Kind, one.Deed, one.At }).Take(max).ToListAsync(stopping);
        var told = new List<PublicCaseEvent>(events.Count);
        foreach (var one in events)
        {
            var before = await context.Set<CaseEvent>().AsNoTracking().Where(e => e.CaseId == one.CaseId && e.Number <= one.Number).OrderBy(e => e.Number).ToListAsync(stopping);
            told.Add(new PublicCaseEvent(one.Id, agency, one.CaseNumber, one.Number, one.Kind, one.Deed, CaseProjection.States(before)[^1].State, one.At));
        }
        return told;
    }

    private async Task TellAsync(CaseHook hook, CancellationToken stopping)
    {
        await using var context = database.OpenForAll();
        try
        {
            while (await StepAsync(context, hook, stopping)) { }
        }
        finally
        {
            if (_taken.Remove(hook.Name)) await context.Database.ExecuteSqlAsync($"DELETE FROM case_hook_leases WHERE name = {hook.Name} AND holder = {_holder}", CancellationToken.None);
        }
    }

    /// <returns>True when there may be more.</returns>
    private async Task<bool> StepAsync(DeskContext context, CaseHook hook, CancellationToken stopping)
    {
        // Nothing to tell: nothing to write either. Asked once more under the lease, since another replica may have told it meanwhile.
        if (!await AnyAsync(context, hook, stopping) || !await TakeAsync(context, hook, stopping)) return false;
        var after = await PlaceAsync(context, hook, stopping);
        var events = await ReadAsync(hook.Agency, after, Batch, stopping);
        foreach (var one in events)
        {
            if (!await TakeAsync(context, hook, stopping)) return false;
            if (!await SendAsync(hook, one, stopping))
            {
                var tries = _waiting.GetValueOrDefault(hook.Name).Tries + 1;
                var pause = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(tries, 12))));
                _waiting[hook.Name] = (tries, time.GetUtcNow() + pause);
                log.LogWarning("Case event {Event} was not taken by {Hook}, next try in {Pause}", one.Id, hook.Name, pause);
                return false;
            }
            _waiting.Remove(hook.Name);
            await context.Database.ExecuteSqlAsync($"INSERT INTO case_positions (name, position) VALUES ({hook.Name}, {one.Id}) ON CONFLICT (name) DO UPDATE SET position = excluded.position WHERE case_positions.position < excluded.position", stopping);
        }
        return events.Count == Batch;
    }

    private async Task<bool> AnyAsync(DeskContext context, CaseHook hook, CancellationToken stopping)
    {
        var after = await PlaceAsync(context, hook, stopping);
        return (await ReadAsync(hook.Agency, after, 1, stopping)).Count > 0;
    }

    private static async Task<long> PlaceAsync(DeskContext context, CaseHook hook, CancellationToken stopping) =>
        await context.Set<CasePosition>().Where(p => p.Name == hook.Name).Select(p => (long?)p.Position).FirstOrDefaultAsync(stopping) ?? 0;

    /// <returns>False while another replica tells this address.</returns>
    private async Task<bool> TakeAsync(DeskContext context, CaseHook hook, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        var (at, until) = (now.ToUnixTimeMilliseconds(), (now + Lease).ToUnixTimeMilliseconds());
        var taken = await context.Database.ExecuteSqlAsync($"""
            INSERT INTO case_hook_leases (name, holder, until) VALUES ({hook.Name}, {_holder}, {until})
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
            WHERE case_hook_leases.until <= {at} OR case_hook_leases.holder = excluded.holder
            """, stopping) == 1;
        if (taken) _taken.Add(hook.Name);
        return taken;
    }

    private async Task<bool> SendAsync(CaseHook hook, PublicCaseEvent one, CancellationToken stopping)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(one, JsonSerializerOptions.Web);
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-ChatDesk-Event", one.Id.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-ChatDesk-Signature", Sign(hook.Secret, time.GetUtcNow(), body));
        try
        {
            using var client = clients.CreateClient(Client);
            using var answer = await client.SendAsync(request, stopping);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary><c>t=seconds,v1=hex</c>: HMAC-SHA256 of <c>{t}.{body}</c> with the address's secret.</summary>
    internal static string Sign(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{seconds}."), .. body];
        return $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}

/// <summary>What others may know of an event.</summary>
/// <param name="Id">Grows; the same event always has the same.</param>
/// <param name="Agency">Whose.</param>
/// <param name="Case">The case's number.</param>
/// <param name="Event">Its number within the case, from 1.</param>
/// <param name="Kind">Of the case.</param>
/// <param name="Deed">What was done.</param>
/// <param name="State">Where the case stands after it.</param>
/// <param name="At">When.</param>
internal sealed record PublicCaseEvent(long Id, string Agency, string Case, int Event, CaseKind Kind, CaseDeed Deed, CaseState State, DateTimeOffset At);
