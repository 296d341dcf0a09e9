using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Rules;

namespace ChatDesk.Cases.Tracking;

/// <summary>The public page as HTML: works without scripts, on any phone, read aloud by any screen reader. All words are the agency's.</summary>
internal sealed class TrackPage(CaseBasis basis, string agency, string language)
{
    public const string StylePath = "/cases/track.css";

    public const string Style = """
        :root{color-scheme:light dark;--ink:#1c2430;--paper:#fff;--soft:#f1f4f8;--line:#8793a3;--act:#0b5c8f;--act-ink:#fff}
        @media(prefers-color-scheme:dark){:root{--ink:#e9edf2;--paper:#12171d;--soft:#1d252e;--line:#7b8796;--act:#8cc8f0;--act-ink:#0c1b27}}
        *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 Sarabun,"Noto Sans Thai","Leelawadee UI",Thonburi,sans-serif}
        main{max-width:40rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.5rem;line-height:1.35}h2{font-size:1.15rem;margin-top:2rem}
        label{display:block;font-weight:600;margin-top:1rem}input,textarea{width:100%;font:inherit;color:inherit;background:var(--paper);padding:.6rem .7rem;border:1px solid var(--line);border-radius:.4rem}
        button{margin-top:1rem;min-height:2.9rem;padding:.5rem 1.2rem;font:inherit;font-weight:600;color:var(--act-ink);background:var(--act);border:0;border-radius:.4rem;cursor:pointer}
        button.second{color:var(--act);background:none;border:2px solid var(--act)}:focus-visible{outline:3px solid var(--act);outline-offset:2px}
        dl{display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.4rem 1rem;margin:1rem 0}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}
        .said{padding:.75rem 1rem;border-inline-start:.3rem solid var(--act);background:var(--soft)}ol{padding-inline-start:1.3rem}nav{text-align:end}a{color:var(--act)}nav a{display:inline-flex;align-items:center;min-height:2.75rem}
        """;

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Thai, UnicodeRanges.GeneralPunctuation);

    private readonly StringBuilder _page = new();

    /// <summary>The form, with what was wrong if anything was.</summary>
    /// <param name="said">A phrase to say above it, or null.</param>
    /// <param name="number">What was typed before.</param>
    public string Form(string? said, string? number) => Page(() =>
    {
        if (said is not null) Line("<p class=\"said\" role=\"alert\">", Word(said), "</p>");
        Line("<p>", Word("page_intro"), "</p>");
        _page.Append("<form method=\"post\" action=\"").Append(Action).Append("\">");
        Field("number", "page_number", number);
        Field("code", "page_code", null);
        Button("show", "page_show", second: false);
        _page.Append("</form>");
    });

    /// <summary>A case.</summary>
    /// <param name="found">Its public side.</param>
    /// <param name="code">As typed: the forms on the page need it again.</param>
    /// <param name="said">A phrase to say above it, or null.</param>
    /// <param name="now">Tells what may still be contested.</param>
    public string Show(PublicCase found, string code, string? said, DateTimeOffset now) => Page(() =>
    {
        if (said is not null) Line("<p class=\"said\" role=\"status\">", basis.Rules.Words.Say(said, language, ("number", found.Number)), "</p>");
        _page.Append("<dl>");
        Row("page_number", found.Number);
        Row("page_kind", basis.Rules.Words.Say(found.Kind, language));
        Row("page_state", basis.Rules.Words.Say(found.State, language));
        Row("page_opened", Moment(found.OpenedAt));
        Row("page_changed", Moment(found.ChangedAt));
        if (found.AnswerDue is { } due) Row("page_due", Moment(due));
        if (found.Outcome is { } outcome) Row("page_answer", outcome);
        if (found.ContestUntil is { } until && found.MayContest(now)) Row("page_contest_until", Moment(until));
        _page.Append("</dl>");
        if (found.Question is { } question) Reply(found, code, question);
        else if (found.MayContest(now)) Contest(found, code);
        History(found);
    });

    private string Action => $"/cases/track/{Uri.EscapeDataString(agency)}?lang={language}";

    private string Page(Action body)
    {
        _page.Clear().Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\">");
        Line("<title>", Word("page_title"), "</title>");
        _page.Append(CultureInfo.InvariantCulture, $"<link rel=\"stylesheet\" href=\"/fonts/sarabun.css\"><link rel=\"stylesheet\" href=\"{StylePath}\"></head><body><main>");
        var (other, name) = language == "en" ? ("th", "ภาษาไทย") : ("en", "English");
        _page.Append(CultureInfo.InvariantCulture, $"<nav><a href=\"/cases/track/{Uri.EscapeDataString(agency)}?lang={other}\" lang=\"{other}\">{name}</a></nav>");
        Line("<h1>", Word("page_title"), "</h1>");
        body();
        return _page.Append("</main></body></html>").ToString();
    }

    private void Reply(PublicCase found, string code, string question)
    {
        Line("<h2>", Word("page_question"), "</h2>");
        Line("<p class=\"said\">", question, "</p>");
        Begin(found, code);
        Area("page_reply");
        Button("reply", "page_send", second: false);
        _page.Append("</form>");
    }

    private void Contest(PublicCase found, string code)
    {
        Begin(found, code);
        Area("page_why");
        Button("contest", "button_contest", second: false);
        if (found.State.IsDecided()) Button("content", "button_content", second: true);
        _page.Append("</form>");
    }

    private void History(PublicCase found)
    {
        Line("<h2>", Word("page_history"), "</h2>");
        _page.Append("<ol>");
        foreach (var step in found.Steps) Line("<li>", $"{basis.Rules.Words.Say(step.State, language)} – {Moment(step.At)}", "</li>");
        _page.Append("</ol>");
    }

    private void Begin(PublicCase found, string code)
    {
        _page.Append("<form method=\"post\" action=\"").Append(Action).Append("\">");
        Hidden("number", found.Number);
        Hidden("code", code);
        // What the page was made from: a second press of the button, or one in an old tab, then changes nothing.
        Hidden("seen", found.Steps.Count.ToString(CultureInfo.InvariantCulture));
    }

    private void Hidden(string name, string value) => _page.Append("<input type=\"hidden\" name=\"").Append(name).Append("\" value=\"").Append(Html.Encode(value)).Append("\">");

    private void Field(string name, string label, string? value)
    {
        Line($"<label for=\"{name}\">", Word(label), "</label>");
        _page.Append(CultureInfo.InvariantCulture, $"<input id=\"{name}\" name=\"{name}\" required maxlength=\"40\" autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\" value=\"{Html.Encode(value ?? "")}\">");
    }

    private void Area(string label)
    {
        Line("<label for=\"text\">", Word(label), "</label>");
        _page.Append(CultureInfo.InvariantCulture, $"<textarea id=\"text\" name=\"text\" rows=\"4\" maxlength=\"{CaseWriting.TextLimit}\"></textarea>");
    }

    private void Button(string deed, string label, bool second) =>
        Line($"<button name=\"do\" value=\"{deed}\"{(second ? " class=\"second\"" : "")}>", Word(label), "</button> ");

    private void Row(string label, string value)
    {
        Line("<dt>", Word(label), "</dt>");
        Line("<dd>", value, "</dd>");
    }

    private void Line(string before, string text, string after) => _page.Append(before).Append(Html.Encode(text)).Append(after);

    private string Word(string phrase) => basis.Rules.Words.Say(phrase, language);

    private string Moment(DateTimeOffset at) => basis.Hours.Words.Moment(basis.Hours.Calendar.Local(at), language);
}
