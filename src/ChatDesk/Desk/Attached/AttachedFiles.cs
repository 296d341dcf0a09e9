using ChatDesk.Data;
using ChatDesk.Delivery;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Desk.Attached;

/// <summary>Knows which files wait beside a draft and which were sent, and erases those that nobody sent within a day.</summary>
internal sealed class AttachedFiles(DeskDatabase database, FileStore files, TimeProvider time)
{
    /// <summary>How long a file may wait to be sent.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>Longer than erasing a batch takes; whoever dies meanwhile is followed by another.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private const int Batch = 100;

    /// <summary>Notes a file before it is written: none can be in the store without being known here.</summary>
    public async Task AddAsync(string agency, string path, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        context.Add(new AttachedFile { Path = path, Agency = agency, At = time.GetUtcNow() });
        await context.SaveChangesAsync(stopping);
    }

    /// <summary>A file is on its way with somebody's words: from here on it stays.</summary>
    /// <returns>False when it was, or is being, erased.</returns>
    public async Task<bool> SendAsync(string agency, string path)
    {
        await using var context = database.Open(agency);
        return await context.Set<AttachedFile>().Where(f => f.Path == path && f.ErasingUntil == null).ExecuteUpdateAsync(f => f.SetProperty(x => x.Sends, x => x.Sends + 1)) > 0;
    }

    /// <summary>The words were refused, so the file still waits.</summary>
    public async Task RefuseAsync(string agency, string path)
    {
        await using var context = database.Open(agency);
        await context.Set<AttachedFile>().Where(f => f.Path == path && f.Sends > 0).ExecuteUpdateAsync(f => f.SetProperty(x => x.Sends, x => x.Sends - 1));
    }

    /// <summary>Erases what has waited too long. Replicas may come together: each file is claimed by one of them.</summary>
    /// <returns>How many this call erased.</returns>
    /// <exception cref="IOException">The store cannot be reached; the next round goes on.</exception>
    public async Task<int> SweepAsync(CancellationToken stopping)
    {
        await using var context = database.OpenForAll();
        var erased = 0;
        while (true)
        {
            var now = time.GetUtcNow();
            var late = await Late(context, now).OrderBy(f => f.At).Take(Batch).Select(f => f.Path).ToListAsync(stopping);
            foreach (var path in late)
            {
                var until = now + Lease;
                if (await Late(context, now).Where(f => f.Path == path).ExecuteUpdateAsync(f => f.SetProperty(x => x.ErasingUntil, until), stopping) == 0) continue;
                files.Delete(path);
                erased += await context.Set<AttachedFile>().Where(f => f.Path == path).ExecuteDeleteAsync(stopping);
            }
            if (late.Count < Batch) return erased;
        }
    }

    private static IQueryable<AttachedFile> Late(DeskContext context, DateTimeOffset now)
    {
        var before = now - Patience;
        return context.Set<AttachedFile>().Where(f => f.Sends == 0 && f.At < before && (f.ErasingUntil == null || f.ErasingUntil < now));
    }
}
