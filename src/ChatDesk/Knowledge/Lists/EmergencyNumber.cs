namespace ChatDesk.Knowledge.Lists;

/// <summary>A number of the emergency card.</summary>
/// <param name="Number">As dialled.</param>
/// <param name="Names">Whose it is, by language.</param>
/// <param name="IsSure">False where the editors have not confirmed it; the card says so.</param>
/// <param name="Kinds">The kinds of emergency for which it comes first.</param>
internal sealed record EmergencyNumber(string Number, IReadOnlyDictionary<string, string> Names, bool IsSure, IReadOnlySet<string> Kinds)
{
    public string NameIn(string language) => Names.GetValueOrDefault(language) ?? Names.Values.FirstOrDefault() ?? Number;

    public static IReadOnlyList<EmergencyNumber> Read(ListFile files, string file)
    {
        var numbers = new List<EmergencyNumber>();
        foreach (var item in files.Yaml(file)?.Items ?? [])
        {
            if (item["number"]?.Text is not { } number || item["name"]?.Fields is not { } names)
            {
                files.Add(file, item.Line, "A number or its name is missing.", "Write {number: \"191\", name: {th: ตำรวจ, en: Police}}.");
                continue;
            }

            numbers.Add(new EmergencyNumber(
                number,
                names.ToDictionary(n => n.Key, n => n.Value.Text ?? ""),
                item["confidence"]?.Text == "high",
                (item["for"]?.Texts ?? []).ToHashSet()));
        }

        return numbers;
    }
}
