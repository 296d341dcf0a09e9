using ChatDesk.Activities;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <summary>
/// Runs dialogs: state and input in, replies and effects out. Pure: no clock, no I/O, nothing remembered between calls, so a
/// turn worked out again after a crash comes to the same end.
/// </summary>
internal static class DialogEngine
{
    /// <param name="book">The dialogs in force.</param>
    /// <param name="dialog">Name of a dialog in the book.</param>
    /// <param name="context">Language, time and what else the turn may know.</param>
    /// <param name="opening">What the contact wrote to begin it; answers in it are picked up.</param>
    /// <exception cref="ArgumentException">The book has no such dialog.</exception>
    public static DialogTurn Begin(DialogBook book, string dialog, DialogContext context, string? opening = null)
    {
        var first = book.Find(dialog) ?? throw new ArgumentException($"No dialog '{dialog}' in book {book.Version}.", nameof(dialog));
        var walk = Walk.Begin(book, first, context);
        if (opening is not null)
            new Listener(walk).Overhear(book.Vocabulary.Hear(opening), except: null);
        walk.Drive();
        return walk.Close();
    }

    /// <summary>Takes the contact's next word, tap, file or silence.</summary>
    public static DialogTurn Continue(DialogBook book, DialogState state, InboundActivity input, DialogContext context)
    {
        var walk = Walk.Pick(book, state, context);
        if (walk.Relocated)
        {
            walk.Reply("moved");
            walk.Drive();
        }
        else
        {
            new Listener(walk).Take(input);
        }
        return walk.Close();
    }

    /// <summary>What a dialog is about and what was answered in it so far, for a person who takes over from outside. Changes nothing.</summary>
    /// <returns>Null when the book has lost the dialog.</returns>
    public static (string Title, IReadOnlyDictionary<string, string> Answers)? Known(DialogBook book, DialogState state, DialogContext context)
    {
        var walk = Walk.Pick(book, state, context);
        return walk.IsOver ? null : (walk.Title, walk.Answers());
    }

    /// <summary>Begins another dialog by its name while one stands; afterwards the one that stood goes on. Where that cannot be, the other takes its place.</summary>
    public static DialogTurn Turn(DialogBook book, DialogState state, string dialog, DialogContext context)
    {
        var walk = Walk.Pick(book, state, context);
        return !walk.Relocated && !walk.IsOver && new Listener(walk).Turned(dialog) ? walk.Close() : Begin(book, dialog, context);
    }

    /// <summary>Feeds back what came of the effect that the last turn left to be awaited. A result nobody waits for changes nothing.</summary>
    public static DialogTurn Resume(DialogBook book, DialogState state, StepResult result, DialogContext context)
    {
        var walk = Walk.Pick(book, state, context);
        if (walk.Relocated)
            walk.Reply("moved");
        else if (walk.Current is EffectStep step && walk.IsAwaiting)
            walk.Receive(step, result);
        walk.Drive();
        return walk.Close();
    }
}
