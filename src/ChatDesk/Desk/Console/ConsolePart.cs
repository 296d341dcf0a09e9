using ChatDesk.Desk.Live;
using ChatDesk.Desk.Words;
using Microsoft.AspNetCore.Components;

namespace ChatDesk.Desk.Console;

/// <summary>
/// A part of the console that is drawn when its area changes and at no other time. Parts take nothing from each other:
/// all of them look at the page's one <see cref="ConsoleState"/>. (Public because Razor's classes are.)
/// </summary>
public abstract class ConsolePart : ComponentBase, IDisposable
{
    [Inject]
    private protected ConsoleState Desk { get; set; } = null!;

    private protected ConsoleTexts W => Desk.Texts;

    private protected abstract ConsoleArea Area { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Desk.Changed -= Draw;
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Desk.Changed += Draw;

    private protected string Clock(DateTimeOffset at) => DeskTimes.Clock(Desk.Local(at));

    private protected string Moment(DateTimeOffset at) => DeskTimes.Moment(Desk.Local(at), Desk.Local(Desk.Now), W);

    private protected static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private void Draw(ConsoleArea area)
    {
        if ((area & Area) != 0) _ = InvokeAsync(StateHasChanged);
    }
}
