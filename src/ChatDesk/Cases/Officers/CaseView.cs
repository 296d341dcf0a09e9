using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatDesk.Cases.Officers;

/// <summary>A filter that somebody keeps under a name.</summary>
internal sealed class CaseView : IOfAgency
{
    public long Id { get; init; }

    public required string Agency { get; init; }

    /// <summary>Whose; null for everybody in the agency.</summary>
    public string? Officer { get; init; }

    public required string Name { get; init; }

    /// <summary>The filter as the page's address writes it, so that "this week" stays this week and "mine" stays mine.</summary>
    public required string Filter { get; init; }
}

internal sealed class CaseViewMap : IEntityTypeConfiguration<CaseView>
{
    public void Configure(EntityTypeBuilder<CaseView> builder) => builder.ToTable("case_views");
}

/// <summary>Saved views of the list.</summary>
internal sealed class CaseViews(DeskDatabase database)
{
    /// <summary>The officer's own views and the agency's, by name.</summary>
    public async Task<IReadOnlyList<CaseView>> ListAsync(string agency, string officer, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        return await context.Set<CaseView>().AsNoTracking().Where(v => v.Officer == null || v.Officer == officer).OrderBy(v => v.Name).ToListAsync(stopping);
    }

    /// <summary>Keeps a view; one of the same name and owner is replaced.</summary>
    public async Task SaveAsync(string agency, string? officer, string name, string filter, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        await using var transaction = await context.Database.BeginTransactionAsync(stopping);
        await context.Set<CaseView>().Where(v => v.Officer == officer && v.Name == name).ExecuteDeleteAsync(stopping);
        context.Add(new CaseView { Agency = agency, Officer = officer, Name = name, Filter = filter });
        await context.SaveChangesAsync(stopping);
        await transaction.CommitAsync(stopping);
    }

    public async Task DropAsync(string agency, string? officer, long id, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        await context.Set<CaseView>().Where(v => v.Id == id && v.Officer == officer).ExecuteDeleteAsync(stopping);
    }
}
