using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using ChatDesk.Cases;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Officers;
using ChatDesk.Cases.Webhooks;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Cases;

/// <summary>Cases for other systems: Open311 as its specification writes it, events with a key, and the document of both.</summary>
public sealed class CaseExchangeTests
{
    private const string Key = "a-key-of-an-open311-client";

    [Fact]
    public async Task A_client_lists_services_files_a_request_polls_its_token_and_reads_public_fields()
    {
        await using var desk = await StartAsync();
        var services = JsonDocument.Parse((await GetAsync(desk, "services.json?jurisdiction_id=demo")).Body).RootElement;
        Assert.Contains(services.EnumerateArray(), s => s.GetProperty("service_code").GetString() == "complaint");

        var filed = await FileAsync(desk, ("api_key", Key), ("service_code", "complaint"), ("description", "ท่อแตกหน้าร้านลุงแดง"), ("lat", "13.756331"), ("long", "100.501762"), ("phone", "0899999999"));
        Assert.Equal(HttpStatusCode.OK, filed.Status);
        var answer = JsonDocument.Parse(filed.Body).RootElement[0];
        var id = answer.GetProperty("service_request_id").GetString();
        var polled = XDocument.Parse((await GetAsync(desk, $"tokens/{answer.GetProperty("token").GetString()}.xml")).Body);
        Assert.Equal(id, polled.Root!.Element("request")!.Element("service_request_id")!.Value);

        var read = await GetAsync(desk, $"requests/{id}.json");
        var request = JsonDocument.Parse(read.Body).RootElement[0];
        Assert.Equal("open", request.GetProperty("status").GetString());
        Assert.EndsWith("+07:00", request.GetProperty("requested_datetime").GetString(), StringComparison.Ordinal);
        Assert.Equal(13.756, request.GetProperty("lat").GetDouble());
        Assert.DoesNotContain("ลุงแดง", read.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("0899999999", read.Body, StringComparison.Ordinal);
        Assert.Single(JsonDocument.Parse((await GetAsync(desk, "requests.json?status=open&service_code=complaint")).Body).RootElement.EnumerateArray());
        Assert.Empty(JsonDocument.Parse((await GetAsync(desk, "requests.json?status=closed")).Body).RootElement.EnumerateArray());
    }

    [Fact]
    public async Task Errors_are_the_specifications()
    {
        await using var desk = await StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(desk, "services.xml?jurisdiction_id=nowhere")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(desk, "services/nothing.json")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(desk, "requests/XXXX-XXXX.json")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync(desk, "requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await FileAsync(desk, ("api_key", Key), ("service_code", "complaint"), ("description", "x"))).Status);
        var refused = await FileAsync(desk, ("service_code", "complaint"), ("description", "x"), ("address_string", "y"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal(403, JsonDocument.Parse(refused.Body).RootElement[0].GetProperty("code").GetInt32());
        Assert.Equal("errors", XDocument.Parse((await GetAsync(desk, "services/nothing.xml")).Body).Root!.Name.LocalName);
    }

    [Fact]
    public async Task Events_are_read_with_a_key_only_and_the_document_names_every_call()
    {
        await using var desk = await StartAsync();
        await FileAsync(desk, ("api_key", Key), ("service_code", "complaint"), ("description", "x"), ("address_string", "y"));
        var url = new Uri($"{desk.Url}/api/v1/demo/case-events");
        using (var without = await desk.Http.GetAsync(url, TestContext.Current.CancellationToken)) Assert.Equal(HttpStatusCode.Forbidden, without.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { { "X-Api-Key", Key } } };
        using var answer = await desk.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var events = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("Received", Assert.Single(events.EnumerateArray()).GetProperty("state").GetString());

        var document = JsonDocument.Parse(await desk.Http.GetStringAsync(new Uri($"{desk.Url}/openapi/v1.json"), TestContext.Current.CancellationToken)).RootElement.GetProperty("paths");
        foreach (var path in (string[])["/open311/v2/requests.{format}", "/open311/v2/tokens/{token}.{format}", "/api/v1/{agency}/case-events/{id}/replay"])
            Assert.True(document.TryGetProperty(path, out _), $"{path} is not among {string.Join(' ', document.EnumerateObject().Select(p => p.Name))}");
    }

    [Fact]
    public void A_signature_covers_time_and_body() => Assert.Equal(
        "t=1000,v1=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("secret"u8, "1000.{}"u8)),
        CaseHooks.Sign("secret", DateTimeOffset.FromUnixTimeSeconds(1000), "{}"u8));

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("  @x", "\"'  @x\"")]
    [InlineData("ก\"ข,ค", "\"ก\"\"ข,ค\"")]
    [InlineData("-5", "\"'-5\"")]
    public void No_cell_is_a_formula(string text, string cell) => Assert.Equal(cell, CaseCsv.Line(text));

    [Fact]
    public async Task The_desk_finds_inside_unspaced_thai_hides_who_filed_a_protected_case_and_exports()
    {
        await using var room = new CaseRoom(TimeProvider.System);
        var conduct = await room.FileAsync(category: "conduct", fields: [("what", "เจ้าหน้าที่เรียกเก็บเงินใต้โต๊ะ"), ("contact", "0812345678")]);
        var row = await room.FileAsync("U2", fields: [("what", "ป้ายร้านล้มขวางทางเท้า"), ("contact", "0898765432"), ("anonymous", "yes")]);
        var desk = new CaseDesk(room.Database, room.Time);
        var (officer, supervisor) = (new CaseViewer("o1", "สมศรี"), new CaseViewer("o2", "วิภา", SeesProtected: true));

        Assert.Equal(row.Id, Assert.Single((await desk.ListAsync("demo", new CaseFilter { Search = "ขวางทาง" }, officer, 0, 50, CaseRoom.Stop)).Rows).Id);
        var seen = (await desk.ReadAsync("demo", row.Id, officer, CaseRoom.Stop))!;
        Assert.True(seen.Hidden);
        Assert.DoesNotContain("0898765432", JsonSerializer.Serialize(seen), StringComparison.Ordinal);
        Assert.DoesNotContain("U2", JsonSerializer.Serialize(seen), StringComparison.Ordinal);
        Assert.Null(await desk.ReadAsync("other", row.Id, officer, CaseRoom.Stop));

        // What is said of an officer is not there at all for colleagues: not to find, read, count or act on.
        Assert.Empty((await desk.ListAsync("demo", new CaseFilter { Search = "เงินใต้โต๊ะ" }, officer, 0, 50, CaseRoom.Stop)).Rows);
        Assert.Null(await desk.ReadAsync("demo", conduct.Id, officer, CaseRoom.Stop));
        Assert.Null(await desk.FindAsync("demo", conduct.Number, officer, CaseRoom.Stop));
        Assert.Equal(1, Assert.Single(await desk.CountAsync("demo", [CaseFilter.All], officer, CaseRoom.Stop)));
        Assert.Equal(2, Assert.Single(await desk.CountAsync("demo", [CaseFilter.All], supervisor, CaseRoom.Stop)));
        var acts = new CaseActs(room.Database, room.Book);
        var refused = await Assert.ThrowsAsync<CaseRefusal>(() => acts.DoAsync("demo", conduct.Id, officer, CaseDeed.Note, new CaseDetail { Text = "x" }, null, null, CaseRoom.Stop));
        Assert.Equal(CaseRefusalReason.NotFound, refused.Reason);
        Assert.Equal("0812345678", (await desk.ReadAsync("demo", conduct.Id, supervisor, CaseRoom.Stop))!.Case.Contact);

        using var csv = new MemoryStream();
        await desk.ExportAsync("demo", CaseFilter.All, supervisor, csv, CaseRoom.Stop);
        Assert.Equal([0xEF, 0xBB, 0xBF], csv.ToArray()[..3]);
        Assert.Equal(3, Encoding.UTF8.GetString(csv.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static Task<TestDesk> StartAsync() => TestDesk.StartAsync(settings => settings["Agencies:demo:Open311:ApiKeys:0"] = Key);

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(TestDesk desk, string path)
    {
        using var answer = await desk.Http.GetAsync(new Uri($"{desk.Url}/open311/v2/{path}"), TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<(HttpStatusCode Status, string Body)> FileAsync(TestDesk desk, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await desk.Http.PostAsync(new Uri($"{desk.Url}/open311/v2/requests.json"), form, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
