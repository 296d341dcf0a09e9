using ChatDesk.Activities;
using ChatDesk.Channels.Web.Access;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Returns;

/// <summary>What came of saying a code.</summary>
internal enum ReturnStanding
{
    Bound,

    /// <summary>Expired, used, another agency's, or never made: nobody is told which.</summary>
    Unknown,

    /// <summary>Too many tries; later again.</summary>
    TooOften,
}

/// <param name="Standing">How it went.</param>
/// <param name="From">The conversation whose answers come along from now on; only when bound.</param>
/// <param name="Label">The new place as the contact reads it; only when bound.</param>
/// <param name="AddressId">Its row; only when bound.</param>
internal readonly record struct ReturnRedeemed(ReturnStanding Standing, ConversationKey From = default, string Label = "", long AddressId = 0);

/// <summary>
/// Which conversations' answers also go elsewhere, and the one-time codes by which contacts bind the two. A code belongs to one
/// agency and one conversation, is good once and for <see cref="CodeLife"/>, and only the newest of a conversation counts.
/// </summary>
internal sealed class ReturnBook(DeskDatabase database, TimeProvider time, SharedBuckets? shared = null)
{
    public static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(15);

    /// <summary>Wrong codes after which the one that was asked for is void.</summary>
    private const int MostTries = 5;

    private static readonly TimeSpan OffersKept = TimeSpan.FromDays(1);

    /// <summary>Codes asked for by one conversation, and codes said in one: far more than anybody needs.</summary>
    private readonly Throttle _made = new("codes-made", 6, 1, time, shared);
    private readonly Throttle _said = new("codes-said", 6, 1, time, shared);

    /// <summary>Makes the code that binds another place to this conversation; earlier ones of the same kind become void.</summary>
    /// <param name="from">Whose answers are to go elsewhere.</param>
    /// <param name="channel">The channel that the other place is in.</param>
    /// <param name="address">That place, when the code is sent there; null when it is wherever the code is said.</param>
    /// <param name="label">That place as the contact reads it.</param>
    /// <param name="stopping">Gives up.</param>
    /// <returns>Null when too many were asked for.</returns>
    public async Task<string?> MakeAsync(ConversationKey from, string channel, string? address, string label, CancellationToken stopping)
    {
        if (await _made.TakeAsync($"{from}") is not null) return null;
        var now = time.GetUtcNow();
        var code = ReturnCode.New();
        await using var context = database.Open(from.Agency);
        await using var transaction = await context.Database.BeginTransactionAsync(stopping);
        await context.Set<ReturnOffer>().Where(o => o.ExpiresAt < now - OffersKept).ExecuteDeleteAsync(stopping);
        await Offers(context, from).Where(o => o.UsedBy == null && o.ToChannel == channel).ExecuteDeleteAsync(stopping);
        context.Add(new ReturnOffer
        {
            Agency = from.Agency,
            Hash = ReturnCode.Hash(from.Agency, code),
            FromChannel = from.Channel,
            FromAddress = from.Address,
            ToChannel = channel,
            ToAddress = address,
            Label = label,
            MadeAt = now,
            ExpiresAt = now + CodeLife,
        });
        await context.SaveChangesAsync(stopping);
        await transaction.CommitAsync(stopping);
        return code;
    }

    /// <summary>Somebody says a code in a conversation: from now on the answers of the code's conversation come there too.</summary>
    /// <param name="to">Where it was said.</param>
    /// <param name="code">As <see cref="ReturnCode.Find"/> gives it.</param>
    /// <param name="activity">What said it: the same one, worked out again after a crash, hears the same.</param>
    /// <param name="stopping">Gives up.</param>
    public async Task<ReturnRedeemed> RedeemAsync(ConversationKey to, string code, string activity, CancellationToken stopping)
    {
        if (await _said.TakeAsync($"{to}") is not null) return new(ReturnStanding.TooOften);
        var now = time.GetUtcNow();
        var hash = ReturnCode.Hash(to.Agency, code);
        await using var context = database.Open(to.Agency);
        await using var transaction = await context.Database.BeginTransactionAsync(stopping);
        var offer = await context.Set<ReturnOffer>().FirstOrDefaultAsync(
            o => o.Hash == hash && o.ToChannel == to.Channel && o.ToAddress == null && (o.UsedBy == activity || (o.UsedBy == null && o.ExpiresAt > now)), stopping);
        if (offer is null) return new(ReturnStanding.Unknown);
        offer.UsedBy = activity;
        return await BindAsync(context, transaction, new(to.Agency, offer.FromChannel, offer.FromAddress), to, offer.Label, stopping);
    }

    /// <summary>The contact gives, in their own conversation, the code that was sent to the place they named.</summary>
    public async Task<ReturnRedeemed> ConfirmAsync(ConversationKey from, string code, CancellationToken stopping)
    {
        if (await _said.TakeAsync($"{from}") is not null) return new(ReturnStanding.TooOften);
        var now = time.GetUtcNow();
        await using var context = database.Open(from.Agency);
        await using var transaction = await context.Database.BeginTransactionAsync(stopping);
        var offer = await Offers(context, from).FirstOrDefaultAsync(o => o.UsedBy == null && o.ToAddress != null && o.ExpiresAt > now && o.Tries < MostTries, stopping);
        if (offer is null) return new(ReturnStanding.Unknown);
        if (offer.Hash != ReturnCode.Hash(from.Agency, code))
        {
            offer.Tries++;
            await context.SaveChangesAsync(stopping);
            await transaction.CommitAsync(stopping);
            return new(ReturnStanding.Unknown);
        }
        offer.UsedBy = "confirmed";
        return await BindAsync(context, transaction, from, new(from.Agency, offer.ToChannel, offer.ToAddress!), offer.Label, stopping);
    }

    /// <summary>Where the answers of a conversation also go.</summary>
    public async Task<IReadOnlyList<ReturnAddress>> OfAsync(ConversationKey from, CancellationToken stopping)
    {
        await using var context = database.Open(from.Agency);
        return await context.Set<ReturnAddress>().AsNoTracking()
            .Where(a => a.FromChannel == from.Channel && a.FromAddress == from.Address && a.StoppedAt == null).OrderBy(a => a.Id).ToListAsync(stopping);
    }

    /// <summary>Ends one of a conversation's further places, as its contact asked in it.</summary>
    public Task StopAsync(ConversationKey from, long id, CancellationToken stopping) =>
        StopAsync(from.Agency, a => a.Where(x => x.Id == id && x.FromChannel == from.Channel && x.FromAddress == from.Address), stopping);

    /// <summary>Nothing more comes to this place from anywhere.</summary>
    /// <returns>How many conversations' answers came there.</returns>
    public Task<int> StopAllAsync(ConversationKey to, CancellationToken stopping) =>
        StopAsync(to.Agency, a => a.Where(x => x.ToChannel == to.Channel && x.ToAddress == to.Address), stopping);

    private static IQueryable<ReturnOffer> Offers(DeskContext context, ConversationKey from) =>
        context.Set<ReturnOffer>().Where(o => o.FromChannel == from.Channel && o.FromAddress == from.Address);

    private async Task<ReturnRedeemed> BindAsync(
        DeskContext context, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, ConversationKey from, ConversationKey to, string label, CancellationToken stopping)
    {
        var row = await context.Set<ReturnAddress>().FirstOrDefaultAsync(
            a => a.FromChannel == from.Channel && a.FromAddress == from.Address && a.ToChannel == to.Channel && a.ToAddress == to.Address, stopping);
        if (row is null)
        {
            row = new() { Agency = from.Agency, FromChannel = from.Channel, FromAddress = from.Address, ToChannel = to.Channel, ToAddress = to.Address, Label = label, Since = time.GetUtcNow() };
            context.Add(row);
        }
        else if (row.StoppedAt is not null)
        {
            (row.StoppedAt, row.Since, row.Label) = (null, time.GetUtcNow(), label);
        }
        await context.SaveChangesAsync(stopping);
        await transaction.CommitAsync(stopping);
        return new(ReturnStanding.Bound, from, row.Label, row.Id);
    }

    private async Task<int> StopAsync(string agency, Func<IQueryable<ReturnAddress>, IQueryable<ReturnAddress>> which, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        await using var context = database.Open(agency);
        return await which(context.Set<ReturnAddress>().Where(a => a.StoppedAt == null)).ExecuteUpdateAsync(a => a.SetProperty(x => x.StoppedAt, now), stopping);
    }
}
