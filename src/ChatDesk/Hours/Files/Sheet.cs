using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace ChatDesk.Hours.Files;

/// <summary>One YAML file being read: its name, and everything in it that must be mended.</summary>
internal sealed class Sheet(string file, List<HoursProblem> problems)
{
    /// <summary>Far above any real file; keeps a hostile one from filling the memory.</summary>
    private const int SizeLimit = 256 * 1024;

    private const int DepthLimit = 12;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string File => file;

    public void Report(long line, string problem, string remedy) => problems.Add(new HoursProblem(file, line, problem, remedy));

    /// <summary>The file's text, or null with the reason reported.</summary>
    public string? Text()
    {
        try
        {
            if (new FileInfo(file).Length <= SizeLimit) return System.IO.File.ReadAllText(file, StrictUtf8);
            Report(0, "the file is too large", $"keep it under {SizeLimit / 1024} KB");
        }
        catch (DecoderFallbackException)
        {
            Report(0, "the file is not UTF-8", "save it again with encoding UTF-8");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Report(0, $"the file cannot be read: {unreadable.Message}", "check that it is there, its rights, and whether another program holds it");
        }
        return null;
    }

    /// <summary>The file's outermost keys, or null with the reason reported.</summary>
    public Entry? Read() => Text() is { } text ? Read(text) : null;

    public Entry? Read(string text)
    {
        try
        {
            if (!IsHarmless(text)) return null;
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }]) return new Entry(root, this);
            Report(1, "the file does not begin with a key, or holds more than one document", "begin with a line such as 'year: 2026' and write no line of three dashes");
        }
        catch (YamlException fault)
        {
            Report(Math.Max(1, fault.Start.Line), $"this is not YAML: {fault.InnerException?.Message ?? fault.Message}", "check indentation, colons and quotation marks on this line and the one above");
        }
        return null;
    }

    /// <summary>Aliases can make a small file enormous when walked, and depth can break the reader; no editor needs either.</summary>
    private bool IsHarmless(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > DepthLimit) return Refuse(parser.Current, "nested too deeply", "write it flatter");
            if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false }) return Refuse(parser.Current, "'&' and '*' names are not allowed here", "write the words out");
        }
        return true;
    }

    private bool Refuse(ParsingEvent where, string problem, string remedy)
    {
        Report(where.Start.Line, problem, remedy);
        return false;
    }
}
