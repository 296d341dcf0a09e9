namespace ChatDesk.Desk.Live;

/// <summary>The agencies of this installation, between which a matter can be referred.</summary>
internal sealed class Agencies(IReadOnlyList<string> ids)
{
    public IReadOnlyList<string> Except(string own) => [.. ids.Where(id => id != own)];
}
