using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ChatDesk.Data;

/// <summary>
/// The desk's own records (people, cases, canned replies …), as opposed to the ledger of messages. It knows no table by
/// name: rooms bring theirs as <see cref="IEntityTypeConfiguration{T}"/> and as migration scripts.
/// Opened for one agency it sees and writes that agency's rows only, whatever a query forgets to say.
/// </summary>
internal sealed class DeskContext : DbContext
{
    /// <param name="options">Which database.</param>
    /// <param name="agency">The agency it is opened for; null for the desk's own work over all agencies (sign-in, clocks).</param>
    public DeskContext(DbContextOptions<DeskContext> options, string? agency)
        : base(options)
    {
        Agency = agency;
        // What is written is counted by its place among a command's statements; the agency is told to the transaction instead (AgencyWall).
        if (agency is not null) Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
    }

    /// <summary>The agency it is opened for; null sees all.</summary>
    public string? Agency { get; }

    /// <exception cref="InvalidOperationException">A row of another agency was about to be written.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        RefuseForeignRows();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <exception cref="InvalidOperationException">A row of another agency was about to be written.</exception>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RefuseForeignRows();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(DeskContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            Name(entity);
            if (typeof(IOfAgency).IsAssignableFrom(entity.ClrType)) entity.SetQueryFilter("agency", OwnRows(entity.ClrType));
        }
    }

    /// <summary>Instants are kept as milliseconds since 1970 (UTC), as in the ledger: both databases order and compare them.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();

    /// <summary>Tables and columns are written in snake_case, so that the same names need no quotes in either database.</summary>
    private static void Name(IMutableEntityType entity)
    {
        if (entity.GetTableName() is { } table) entity.SetTableName(SnakeCase(table));
        foreach (var property in entity.GetProperties()) property.SetColumnName(SnakeCase(property.GetColumnName()));
    }

    private static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && snake.Length > 0 && snake[^1] != '_') snake.Append('_');
            snake.Append(char.ToLowerInvariant(letter));
        }
        return snake.ToString();
    }

    private LambdaExpression OwnRows(Type entity)
    {
        var row = Expression.Parameter(entity, "row");
        var own = Expression.Property(Expression.Constant(this), nameof(Agency));
        var all = Expression.Equal(own, Expression.Constant(null, typeof(string)));
        var same = Expression.Equal(Expression.Property(row, nameof(IOfAgency.Agency)), own);
        return Expression.Lambda(Expression.OrElse(all, same), row);
    }

    private void RefuseForeignRows()
    {
        if (Agency is null) return;
        foreach (var entry in ChangeTracker.Entries<IOfAgency>())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) continue;
            if (entry.Entity.Agency != Agency) throw new InvalidOperationException($"a row of agency '{entry.Entity.Agency}' in a context of '{Agency}'");
        }
    }

    private sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
        at => at.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
