using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace ChatDesk.Tests.LineSimulator;

/// <summary>
/// Holds a JSON body against LINE's own OpenAPI document in its strict reading: the discriminator picks the concrete
/// schema, whose own <c>required</c> counts; fields that no schema knows are wrong; what LINE's document forgot to call
/// required is in <see cref="Forgotten"/>.
/// </summary>
internal sealed class LineOpenApi
{
    /// <summary>Fields that LINE refuses to go without although its document does not say so (reference pages; protocols.md 2.3).</summary>
    private static readonly Dictionary<string, string[]> Forgotten = new()
    {
        ["TextMessage"] = ["text"],
        ["TextMessageV2"] = ["text"],
        ["Emoji"] = ["index", "productId", "emojiId"],
        ["QuickReply"] = ["items"],
        ["QuickReplyItem"] = ["type", "action"],
        ["MessageAction"] = ["text"],
        ["PostbackAction"] = ["data"],
        ["URIAction"] = ["uri"],
        ["DatetimePickerAction"] = ["data", "mode"],
        ["FlexSpan"] = ["text"],
        ["ImagemapVideo"] = ["originalContentUrl", "previewImageUrl", "area"],
    };

    /// <summary>Texts that may not be empty although the document sets no minLength.</summary>
    private static readonly HashSet<string> NeverEmpty = ["TextMessage.text", "TextMessageV2.text", "PostbackAction.data", "MessageAction.text", "URIAction.uri"];

    private readonly YamlMappingNode root;
    private readonly YamlMappingNode schemas;

    private LineOpenApi(YamlMappingNode root)
    {
        this.root = root;
        schemas = root.Map("components")!.Map("schemas")!;
    }

    public static LineOpenApi Load(string path)
    {
        using var reader = new StreamReader(path);
        var stream = new YamlStream();
        stream.Load(reader);
        return new((YamlMappingNode)stream.Documents[0].RootNode);
    }

    /// <summary>Checks the body of a request to an operation, named by its <c>operationId</c>, for example <c>replyMessage</c>.</summary>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public IReadOnlyList<string> Validate(string operation, string json)
    {
        var schema = root.Map("paths")!.Children.Values.OfType<YamlMappingNode>()
            .SelectMany(path => path.Children.Values.OfType<YamlMappingNode>())
            .FirstOrDefault(o => o.Text("operationId") == operation)
            ?.Map("requestBody")?.Map("content")?.Map("application/json")?.Map("schema")
            ?? throw new ArgumentException($"No operation {operation} with a JSON body.", nameof(operation));
        return Check(schema, json);
    }

    /// <summary>Checks any JSON against a schema by name, for example <c>CallbackRequest</c> of webhook.yml.</summary>
    public IReadOnlyList<string> ValidateSchema(string name, string json) => Check(schemas.Map(name) ?? throw new ArgumentException(name, nameof(name)), json, name);

    private List<string> Check(YamlMappingNode schema, string json, string? name = null)
    {
        using var document = JsonDocument.Parse(json);
        var problems = new List<string>();
        Check(OpenApiShape.Of(schema, schemas, name), document.RootElement, "", problems);
        return problems;
    }

    private void Check(OpenApiShape shape, JsonElement value, string place, List<string> problems)
    {
        if (!HasType(shape.Type, value))
        {
            problems.Add($"{place}: must be {shape.Type}, is {value.ValueKind}");
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object: Object(Concrete(shape, value, place, problems), value, place, problems); break;
            case JsonValueKind.Array: Array(shape, value, place, problems); break;
            case JsonValueKind.String: Text(shape, value.GetString()!, place, problems); break;
            case JsonValueKind.Number: Number(shape, value.GetDouble(), place, problems); break;
        }
    }

    /// <summary>The schema that the discriminator names, or the one given.</summary>
    private OpenApiShape Concrete(OpenApiShape shape, JsonElement value, string place, List<string> problems)
    {
        if (shape.Discriminator is not { } discriminator) return shape;
        if (!value.TryGetProperty(discriminator.Property, out var tag) || tag.ValueKind != JsonValueKind.String) problems.Add($"{place}.{discriminator.Property}: required");
        else if (discriminator.Mapping.TryGetValue(tag.GetString()!, out var name)) return OpenApiShape.Of(schemas.Map(name)!, schemas, name);
        else problems.Add($"{place}.{discriminator.Property}: unknown kind {tag}");
        return shape;
    }

    private void Object(OpenApiShape shape, JsonElement value, string place, List<string> problems)
    {
        foreach (var name in shape.Required.Union(shape.Names.SelectMany(n => Forgotten.GetValueOrDefault(n) ?? [])))
        {
            if (!value.TryGetProperty(name, out _)) problems.Add($"{place}.{name}: required");
        }

        if (shape.Names.Contains("FlexText") && !value.TryGetProperty("text", out _) && !value.TryGetProperty("contents", out _)) problems.Add($"{place}.text: required");
        foreach (var field in value.EnumerateObject())
        {
            var at = place.Length == 0 ? field.Name : $"{place}.{field.Name}";
            if (shape.Properties.TryGetValue(field.Name, out var schema)) Check(OpenApiShape.Of(schema, schemas), field.Value, at, problems);
            else if (shape.Others is { } others) Check(OpenApiShape.Of(others, schemas), field.Value, at, problems);
            else if (shape.Properties.Count > 0) problems.Add($"{at}: no such field");
            if (field.Value.ValueKind == JsonValueKind.String && field.Value.GetString()!.Length == 0 && shape.Names.Any(n => NeverEmpty.Contains($"{n}.{field.Name}"))) problems.Add($"{at}: empty");
        }
    }

    private void Array(OpenApiShape shape, JsonElement value, string place, List<string> problems)
    {
        var length = value.GetArrayLength();
        if (length < (shape.Bound("minItems") ?? 0) || length > (shape.Bound("maxItems") ?? int.MaxValue)) problems.Add($"{place}: {length} items");
        if (shape.Items is not { } items) return;
        var index = 0;
        foreach (var item in value.EnumerateArray()) Check(OpenApiShape.Of(items, schemas), item, $"{place}[{index++}]", problems);
    }

    private static void Text(OpenApiShape shape, string text, string place, List<string> problems)
    {
        if (text.Length < (shape.Bound("minLength") ?? 0) || text.Length > (shape.Bound("maxLength") ?? int.MaxValue)) problems.Add($"{place}: {text.Length} units");
        if (shape.Pattern is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)) problems.Add($"{place}: does not match {pattern}");
        if (shape.Enum.Count > 0 && !shape.Enum.Contains(text)) problems.Add($"{place}: not one of {string.Join(", ", shape.Enum)}");
        if (shape.Format == "uri" && !Uri.TryCreate(text, UriKind.Absolute, out _)) problems.Add($"{place}: not a uri");
        if (shape.Format == "uuid" && !Guid.TryParseExact(text, "D", out _)) problems.Add($"{place}: not a uuid");
    }

    private static void Number(OpenApiShape shape, double number, string place, List<string> problems)
    {
        if (number < (shape.Bound("minimum") ?? double.MinValue) || number > (shape.Bound("maximum") ?? double.MaxValue)) problems.Add(string.Create(CultureInfo.InvariantCulture, $"{place}: {number}"));
    }

    private static bool HasType(string? type, JsonElement value) => type switch
    {
        null => true,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.Object,
    };
}
