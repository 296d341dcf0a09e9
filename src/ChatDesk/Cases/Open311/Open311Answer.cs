using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;

namespace ChatDesk.Cases.Open311;

/// <summary>An answer of GeoReport v2, as XML or JSON by the ending of the address: a list of items, or a list of errors.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Root">The outermost element in XML.</param>
/// <param name="Item">One item's element in XML.</param>
/// <param name="Items">Fields in order; values are text, numbers, truth values, or nothing.</param>
internal sealed record Open311Answer(int Status, string Root, string Item, IReadOnlyList<IReadOnlyList<(string Name, object? Value)>> Items) : IResult
{
    private static readonly XmlWriterSettings Plain = new() { Async = true, Encoding = new System.Text.UTF8Encoding(false) };

    public static Open311Answer Of(string root, string item, params IReadOnlyList<IReadOnlyList<(string Name, object? Value)>> items) => new(StatusCodes.Status200OK, root, item, items);

    public static Open311Answer Error(int status, string description) => new(status, "errors", "error", [[("code", status), ("description", description)]]);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        using var buffer = new MemoryStream();
        if (httpContext.Request.RouteValues["format"] as string == "json") WriteJson(buffer);
        else await WriteXmlAsync(buffer);
        httpContext.Response.ContentType = httpContext.Request.RouteValues["format"] as string == "json" ? "application/json; charset=utf-8" : "text/xml; charset=utf-8";
        httpContext.Response.Headers.CacheControl = "no-store";
        await httpContext.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), httpContext.RequestAborted);
    }

    private void WriteJson(Stream to)
    {
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartArray();
        foreach (var item in Items)
        {
            json.WriteStartObject();
            foreach (var (name, value) in item)
            {
                json.WritePropertyName(name);
                if (value is null) json.WriteStringValue("");
                else if (value is string text) json.WriteStringValue(text);
                else if (value is bool truth) json.WriteBooleanValue(truth);
                else if (value is int whole) json.WriteNumberValue(whole);
                else if (value is double number) json.WriteNumberValue(number);
                else throw new InvalidOperationException($"{name} is a {value.GetType().Name}");
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private async Task WriteXmlAsync(Stream to)
    {
        await using var xml = XmlWriter.Create(to, Plain);
        await xml.WriteStartDocumentAsync();
        await xml.WriteStartElementAsync(null, Root, null);
        foreach (var item in Items)
        {
            await xml.WriteStartElementAsync(null, Item, null);
            foreach (var (name, value) in item) await xml.WriteElementStringAsync(null, name, null, Text(value));
            await xml.WriteEndElementAsync();
        }
        await xml.WriteEndElementAsync();
        await xml.WriteEndDocumentAsync();
    }

    /// <summary>XML knows no control characters, and a text from outside may hold one.</summary>
    private static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        string text => string.Concat(text.Where(XmlConvert.IsXmlChar)),
        var number => Convert.ToString(number, CultureInfo.InvariantCulture) ?? "",
    };
}
