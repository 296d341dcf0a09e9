using System.Globalization;
using ChatDesk.LinePlatform.Ledger;

namespace ChatDesk.LinePlatform.Load;

/// <summary>One line a second while a run goes on.</summary>
internal sealed class Progress(AckJournal journal, AnswerBoard board, LoadRun run, Func<string> extra, TimeProvider time)
{
    public async Task PrintAsync(CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"t={time.GetElapsedTime(begun).TotalSeconds:0}s sent={journal.SentCount} acked={journal.AckedCount} answers={board.Answers} repeated={run.Failures}{extra()}"));
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
