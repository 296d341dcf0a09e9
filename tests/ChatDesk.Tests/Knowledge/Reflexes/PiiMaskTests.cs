using ChatDesk.Knowledge.Reflexes;
using CsCheck;

namespace ChatDesk.Tests.Knowledge.Reflexes;

public sealed class PiiMaskTests
{
    [Theory]
    [InlineData("1999900000013")]
    [InlineData("1-9999-00000-01-3")]
    [InlineData("1 9999 00000 01 3")]
    [InlineData("1.9999.00000.01.3")]
    [InlineData("๑-๙๙๙๙-๐๐๐๐๐-๐๑-๓")]
    [InlineData("๑๙๙๙๙๐๐๐๐๐๐๑๓")]
    [InlineData("1 9 9 9 9 0 0 0 0 0 0 1 3")]
    [InlineData("1–9999–00000–01–3")]
    [InlineData("１９９９９００００００１３")]
    [InlineData("8-9999-00012-34-5")]
    [InlineData("หนึ่งเก้าเก้าเก้าเก้าศูนย์ศูนย์ศูนย์ศูนย์ศูนย์ศูนย์หนึ่งสาม")]
    [InlineData("0812345678")]
    [InlineData("081-234-5678")]
    [InlineData("081 234 5678")]
    [InlineData("08-1234-5678")]
    [InlineData("081.234.5678")]
    [InlineData("(081) 234-5678")]
    [InlineData("๐๘๑-๒๓๔-๕๖๗๘")]
    [InlineData("+66812345678")]
    [InlineData("+66 81 234 5678")]
    [InlineData("+66 (0)81-234-5678")]
    [InlineData("66812345678")]
    [InlineData("0066812345678")]
    [InlineData("02-123-4567")]
    [InlineData("053 123456")]
    [InlineData("0 8 1 2 3 4 5 6 7 8")]
    [InlineData("ศูนย์แปดหนึ่งสองสามสี่ห้าหกเจ็ดแปด")]
    [InlineData("tel0812345678")]
    public void Ids_and_phones_are_hidden_in_every_spelling(string written)
    {
        var (text, masked) = PiiMask.Mask($"ของผม {written} นะครับ");
        Assert.True(masked);
        Assert.DoesNotContain(text, char.IsDigit);
        Assert.Contains(PiiMask.Dot, text);
        Assert.StartsWith("ของผม ", text);
        Assert.EndsWith(" นะครับ", text);
    }

    [Theory]
    [InlineData("1-9999-00000-01-4")] // the last digit does not check
    [InlineData("0-9959-90000-12-1")] // a company's number is public
    [InlineData("10-3-12345-6-0001")] // food serial number
    [InlineData("2026-11-22 08:30")]
    [InlineData("09-11-2026 10:30")]
    [InlineData("1567 และ 1111")]
    [InlineData("ราคา 1,250,000 บาท")]
    [InlineData("CD-69-000123")]
    [InlineData("REF0812345678")]
    [InlineData("300 x 150 ซม.")]
    [InlineData("13.756331, 100.501765")]
    [InlineData("มาตรา 38 พ.ศ. 2535")]
    public void Other_numbers_stay_readable(string written) => Assert.Equal((written, false), PiiMask.Mask(written));

    [Fact]
    public void Fewer_than_one_ordinary_number_in_a_hundred_is_hidden_by_mistake()
    {
        var random = new Random(1);
        var numbers = Enumerable.Range(0, 5000).Select(i => (i % 5) switch
        {
            0 => $"{random.Next(1, 10_000_000)} บาท",
            1 => $"{random.Next(1, 29):D2}/{random.Next(1, 13):D2}/{random.Next(2560, 2575)} เวลา {random.Next(0, 24):D2}:{random.Next(0, 60):D2}",
            2 => $"คำขอเลขที่ {random.Next(1, 99)}/{random.Next(2560, 2575)}",
            3 => $"{random.Next(1, 100)} ตร.ม. {random.Next(1, 500)} แรงม้า {random.Next(1, 100)} คน",
            _ => $"{random.Next(10, 99)}-{random.Next(1, 9)}-{random.Next(10000, 99999)}-{random.Next(1, 9)}-{random.Next(1000, 9999)}",
        });
        Assert.True(numbers.Count(n => PiiMask.Mask(n).Masked) < 50);
    }

    [Fact]
    public void Every_id_that_checks_is_hidden() =>
        Gen.Int[1, 8].Select(Gen.Int[0, 9].Array[11]).Sample((first, rest) =>
        {
            var twelve = $"{first}{string.Concat(rest)}";
            var last = Enumerable.Range(0, 10).First(d => PiiMask.IsNationalId(twelve + d));
            return PiiMask.Mask($"id {twelve}{last}").Masked;
        });

    [Fact]
    public void No_text_breaks_it_and_its_length_stays() =>
        Gen.String.Sample(text => PiiMask.Mask(text).Text.Length == text.Length);
}
