using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace ChatDesk.Tests.LineSimulator;

/// <summary>How a schema tells its kinds apart: the field that holds the tag, and from the tag's value to the name of the concrete schema.</summary>
internal sealed record OpenApiDiscriminator(string Property, IReadOnlyDictionary<string, string> Mapping);

/// <summary>One schema with its <c>$ref</c> followed and every <c>allOf</c> laid into it.</summary>
internal sealed class OpenApiShape
{
    private readonly Dictionary<string, string> bounds = [];

    /// <summary>The named schemas this one is made of.</summary>
    public HashSet<string> Names { get; } = [];

    public Dictionary<string, YamlMappingNode> Properties { get; } = [];

    public HashSet<string> Required { get; } = [];

    public HashSet<string> Enum { get; } = [];

    public string? Type { get; private set; }

    public string? Pattern { get; private set; }

    public string? Format { get; private set; }

    public YamlMappingNode? Items { get; private set; }

    /// <summary>The schema of fields with names of their own (<c>additionalProperties</c>).</summary>
    public YamlMappingNode? Others { get; private set; }

    /// <summary>Set only when the schema itself has it: a concrete kind inherits the fields of its base, not the choice.</summary>
    public OpenApiDiscriminator? Discriminator { get; private set; }

    public static OpenApiShape Of(YamlMappingNode schema, YamlMappingNode schemas, string? name = null)
    {
        var shape = new OpenApiShape();
        if (name is not null) shape.Names.Add(name);
        shape.Add(schema, schemas, inherited: false);
        return shape;
    }

    public double? Bound(string name) => bounds.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    private void Add(YamlMappingNode schema, YamlMappingNode schemas, bool inherited)
    {
        if (schema.Text("$ref") is { } reference)
        {
            var name = reference[(reference.LastIndexOf('/') + 1)..];
            Names.Add(name);
            Add(schemas.Map(name)!, schemas, inherited);
            return;
        }

        foreach (var part in schema.List("allOf").OfType<YamlMappingNode>()) Add(part, schemas, inherited: true);
        foreach (var property in schema.Map("properties")?.Children ?? Enumerable.Empty<KeyValuePair<YamlNode, YamlNode>>())
        {
            Properties[((YamlScalarNode)property.Key).Value!] = (YamlMappingNode)property.Value;
        }

        Required.UnionWith(schema.List("required").Select(n => ((YamlScalarNode)n).Value!));
        Enum.UnionWith(schema.List("enum").Select(n => ((YamlScalarNode)n).Value!));
        Type = schema.Text("type") ?? Type ?? (Properties.Count > 0 ? "object" : null);
        Pattern = schema.Text("pattern") ?? Pattern;
        Format = schema.Text("format") ?? Format;
        Items = schema.Map("items") ?? Items;
        Others = schema.Map("additionalProperties") ?? Others;
        foreach (var bound in (string[])["minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum"])
        {
            if (schema.Text(bound) is { } text) bounds[bound] = text;
        }

        if (!inherited && schema.Map("discriminator") is { } discriminator) Discriminator = Read(discriminator);
    }

    private static OpenApiDiscriminator Read(YamlMappingNode discriminator) => new(
        discriminator.Text("propertyName")!,
        discriminator.Map("mapping")!.Children.ToDictionary(m => ((YamlScalarNode)m.Key).Value!, m => ((YamlScalarNode)m.Value).Value!.Split('/')[^1]));
}

/// <summary>Shorter words for walking a YAML document.</summary>
internal static class Yaml
{
    public static YamlMappingNode? Map(this YamlMappingNode node, string name) => node.Child(name) as YamlMappingNode;

    public static string? Text(this YamlMappingNode node, string name) => (node.Child(name) as YamlScalarNode)?.Value;

    public static IEnumerable<YamlNode> List(this YamlMappingNode node, string name) => node.Child(name) as YamlSequenceNode ?? Enumerable.Empty<YamlNode>();

    private static YamlNode? Child(this YamlMappingNode node, string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;
}
