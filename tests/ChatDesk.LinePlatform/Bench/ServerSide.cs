using System.Globalization;

namespace ChatDesk.LinePlatform.Bench;

/// <summary>The processes that answer, measured from outside, each with its children: processor time and memory, from /proc.</summary>
/// <param name="servers">The server's own processes.</param>
/// <param name="backing">Databases that work for it.</param>
internal sealed class ServerSide(IReadOnlyList<int> servers, IReadOnlyList<int>? backing = null)
{
    /// <summary>The kernel counts in hundredths of a second on every Linux that .NET runs on.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public TimeSpan Cpu() => Sum(servers);

    public TimeSpan BackingCpu() => Sum(backing ?? []);

    public double ResidentMegabytes() => servers.Sum(id => Family(id).Sum(Resident)) / 1e6;

    private static TimeSpan Sum(IReadOnlyList<int> roots) => roots.Sum(root => Family(root).Sum(Ticks)) * Tick;

    private static IEnumerable<int> Family(int root)
    {
        var file = $"/proc/{root}/task/{root}/children";
        return File.Exists(file) ? File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture)).Prepend(root) : [root];
    }

    /// <summary>Own time and that of children which have ended.</summary>
    private static long Ticks(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/stat");
            // Behind the name, which may hold anything: state, then numbers; utime, stime, cutime, cstime are fields 14 to 17.
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return Enumerable.Range(11, 4).Sum(field => long.Parse(fields[field], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            // It ended between the list and the look; its parent has its time now.
            return 0;
        }
    }

    private static long Resident(int id)
    {
        try
        {
            return long.Parse(File.ReadAllText($"/proc/{id}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return 0;
        }
    }
}
