using ChatDesk.Hours.Calendars;

namespace ChatDesk.Hours;

/// <summary>A promise that is not yet kept or broken.</summary>
/// <param name="Id">The caller's name for it.</param>
/// <param name="Asked">When it was made.</param>
/// <param name="Limit">What was promised.</param>
/// <param name="Due">The exact moment that the contact was told.</param>
internal sealed record OpenPromise(string Id, DateTimeOffset Asked, AnswerLimit Limit, DateTimeOffset Due);

/// <summary>A promise whose moment would be another one under a changed calendar.</summary>
/// <param name="Id">The caller's name for it.</param>
/// <param name="Was">What the contact was told, and what goes on holding until somebody tells them otherwise.</param>
/// <param name="WouldBe">What it would be now; null when the agency never opens long enough again.</param>
/// <param name="DueWhenClosed">The agency is closed at the moment that was promised.</param>
internal sealed record MovedPromise(string Id, DateTimeOffset Was, DateTimeOffset? WouldBe, bool DueWhenClosed);

/// <summary>Which promises a changed calendar moves. It moves none by itself: a word given stays given.</summary>
internal static class PromiseMoves
{
    public static IEnumerable<MovedPromise> Under(BusinessCalendar calendar, IEnumerable<OpenPromise> promises)
    {
        foreach (var promise in promises)
        {
            var due = promise.Limit.DueFrom(promise.Asked, calendar);
            // A promise that falls on closing time is due in an open moment, the one just before.
            if (due != promise.Due) yield return new MovedPromise(promise.Id, promise.Due, due, !calendar.IsOpen(promise.Due) && !calendar.IsOpen(promise.Due.AddTicks(-1)));
        }
    }
}
