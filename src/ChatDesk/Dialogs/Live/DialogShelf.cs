using System.Collections.Immutable;
using ChatDesk.Dialogs.Engine;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Live;

/// <summary>
/// The book in force and a few before it. A conversation goes on in the newest book in which its place still means the same,
/// and otherwise in the one it began with, as long as that is kept. Safe for any number of threads; a swap is one write.
/// </summary>
internal sealed class DialogShelf(DialogBook first)
{
    /// <summary>Books kept besides the present one. A book is well under a megabyte.</summary>
    private const int Kept = 8;

    private volatile ImmutableArrayBox _books = new([first]);

    public DialogBook Current => _books.Books[0];

    public void Put(DialogBook book)
    {
        var books = _books.Books.RemoveAll(b => b.Version == book.Version).Insert(0, book);
        _books = new(books.Length > Kept + 1 ? books.RemoveRange(Kept + 1, books.Length - Kept - 1) : books);
    }

    /// <summary>The book in which a conversation goes on.</summary>
    public DialogBook For(DialogState state)
    {
        var books = _books.Books;
        if (HasVersions(books[0], state))
            return books[0];
        var own = books.FirstOrDefault(b => HasVersions(b, state));
        return own is null || Fits(own, books[0], state) ? books[0] : own;
    }

    private static bool HasVersions(DialogBook book, DialogState state) => state.Frames.All(f => book.Find(f.Dialog)?.Version == f.Version);

    /// <summary>True when every place and every answer of the state means the same in the newer book.</summary>
    private static bool Fits(DialogBook old, DialogBook now, DialogState state) => state.Frames.All(f => Fits(old.Find(f.Dialog)!, now.Find(f.Dialog), f));

    private static bool Fits(Dialog old, Dialog? now, DialogFrame frame) =>
        now is not null
        && now.Find(frame.Step)?.Shape == old.Find(frame.Step)?.Shape
        && frame.Slots.Keys.All(slot => SameSlot(old.Slots.GetValueOrDefault(slot), now.Slots.GetValueOrDefault(slot), frame.Slots[slot]));

    private static bool SameSlot(Slot? old, Slot? now, string value) =>
        old is null || (now is not null && now.Kind == old.Kind && (now.Kind != AnswerKind.Choice || value.Length == 0 || now.Choices.Any(c => c.Value == value)));

    /// <summary>ImmutableArray is a struct and cannot be volatile itself.</summary>
    private sealed record ImmutableArrayBox(ImmutableArray<DialogBook> Books);
}
