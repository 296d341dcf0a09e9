using ChatDesk.Activities;
using ChatDesk.Dialogs.Answers;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Tests.Dialogs;

/// <summary>What people type and what is understood; "!reason" means it must not be.</summary>
public sealed class AnswerTests
{
    /// <summary>Wednesday 25 November 2026.</summary>
    private static readonly DateOnly Wednesday = new(2026, 11, 25);

    private static string Read(AnswerKind kind, string text, Func<Slot, Slot>? with = null)
    {
        var slot = new Slot { Name = "x", Kind = kind, Label = new Localized(Template.Parse("x"), Template.Parse("x")) };
        var answer = AnswerReader.Read(with?.Invoke(slot) ?? slot, Demo.Book.Vocabulary.Hear(text), Demo.Book.Vocabulary, Wednesday);
        return answer.Understood ? answer.Value : $"!{answer.Why}";
    }

    [Theory]
    [InlineData("150", "150")]
    [InlineData("๑๕๐", "150")]
    [InlineData("150 ครับ", "150")]
    [InlineData("1,500.50", "1500.5")]
    [InlineData("150 ตร.ม.", "150")]
    [InlineData("150ตรม", "150")]
    [InlineData("ประมาณ 150 ตารางเมตรค่ะ", "150")]
    [InlineData("ร้านผมพื้นที่ 150 ตร.ม. มีสองชั้น", "150")]
    [InlineData("สองร้อย", "200")]
    [InlineData("สองร้อยเอ็ด", "201")]
    [InlineData("ยี่สิบเอ็ด", "21")]
    [InlineData("สิบ", "10")]
    [InlineData("หนึ่งพันสองร้อยสามสิบสี่", "1234")]
    [InlineData("2 แสน", "200000")]
    [InlineData("3 หมื่น 5 พัน", "35000")]
    [InlineData("1.5 ล้าน", "1500000")]
    [InlineData("สองล้านห้าแสน", "2500000")]
    [InlineData("two hundred and fifty", "250")]
    [InlineData("twenty five", "25")]
    [InlineData("two hundred fifty thousand", "250000")]
    [InlineData("about 150 sqm", "150")]
    [InlineData("it's 150", "150")]
    [InlineData("ไม่มี", "0")]
    [InlineData("-5", "!too_small")]
    [InlineData("100-200", "!range")]
    [InlineData("มากกว่า 200", "!range")]
    [InlineData("200 กว่า", "!range")]
    [InlineData("over 200", "!range")]
    [InlineData("กว้างมาก", "!other")]
    [InlineData("", "!other")]
    [InlineData("ห้างใหญ่", "!other")]
    [InlineData("1 2 3", "!range")]
    [InlineData("99999999999999999999999999999999", "!other")]
    [InlineData("twenty-five", "25")]
    [InlineData("ครึ่ง", "0.5")]
    [InlineData("หนึ่งครึ่ง", "1.5")]
    [InlineData("ยี่สิบห้าจุดห้า", "25.5")]
    [InlineData("พันห้า", "1500")]
    [InlineData("สองร้อยห้า", "205")]
    [InlineData("200 พอดี", "200")]
    [InlineData("สองสามร้อย", "!range")]
    [InlineData("สองสามร้อย ตร.ม.", "!range")]
    [InlineData("12,34", "!other")]
    [InlineData("12,34,567 ตร.ม.", "!other")]
    public void Numbers(string text, string expected) =>
        Assert.Equal(expected, Read(AnswerKind.Number, text, s => s with { Units = ["ตารางเมตร", "ตร.ม.", "ตร.ม", "ตรม", "sqm"] }));

    [Theory]
    [InlineData("1500", "1500")]
    [InlineData("1,500 บาท", "1500")]
    [InlineData("สองพันบาทถ้วน", "2000")]
    [InlineData("20k", "20000")]
    [InlineData("99.50 baht", "99.5")]
    [InlineData("99.505", "!shape")]
    [InlineData("฿1500", "1500")]
    [InlineData("THB 2,500", "2500")]
    [InlineData("2,500.-", "2500")]
    [InlineData("สองพันห้าร้อย", "2500")]
    [InlineData("สองพันห้า", "2500")]
    [InlineData("3 หมื่น", "30000")]
    [InlineData("หมื่นห้า", "15000")]
    [InlineData("แสนสอง", "120000")]
    [InlineData("พันนึง", "1000")]
    [InlineData("ร้อยเอ็ด", "101")]
    [InlineData("ล้านครึ่ง", "1500000")]
    [InlineData("สองแสนครึ่ง", "250000")]
    [InlineData("ครึ่งล้าน", "500000")]
    [InlineData("half a million", "500000")]
    [InlineData("two and a half million", "2500000")]
    [InlineData("100 บาท 50 สตางค์", "100.5")]
    [InlineData("สามหมื่นกว่า", "!range")]
    public void Amounts(string text, string expected) => Assert.Equal(expected, Read(AnswerKind.Amount, text));

    [Theory]
    [InlineData("วันนี้", "2026-11-25")]
    [InlineData("พรุ่งนี้ค่ะ", "2026-11-26")]
    [InlineData("พรุ้งนี้", "2026-11-26")]
    [InlineData("มะรืนนี้", "2026-11-27")]
    [InlineData("เมื่อวาน", "2026-11-24")]
    [InlineData("15 ม.ค. 69", "2026-01-15")]
    [InlineData("15 มค 69", "2026-01-15")]
    [InlineData("15 มกราคม 2569", "2026-01-15")]
    [InlineData("วันที่ 15 มกราคม พ.ศ. 2569", "2026-01-15")]
    [InlineData("15 มกรา 70", "2027-01-15")]
    [InlineData("๑๕/๑/๒๕๖๙", "2026-01-15")]
    [InlineData("15/1/2026", "2026-01-15")]
    [InlineData("15-01-26", "2026-01-15")]
    [InlineData("15.1.69", "2026-01-15")]
    [InlineData("2026-01-15", "2026-01-15")]
    [InlineData("2569-01-15", "2026-01-15")]
    [InlineData("January 15, 2026", "2026-01-15")]
    [InlineData("15th January 2026", "2026-01-15")]
    [InlineData("the 15th of January 2026", "2026-01-15")]
    [InlineData("Jan 15", "2027-01-15")]
    [InlineData("1 ธ.ค.", "2026-12-01")]
    [InlineData("next Monday", "2026-11-30")]
    [InlineData("วันจันทร์หน้า", "2026-11-30")]
    [InlineData("จันทร์หน้า", "2026-11-30")]
    [InlineData("this Friday", "2026-11-27")]
    [InlineData("ศุกร์นี้", "2026-11-27")]
    [InlineData("Friday", "2026-11-27")]
    [InlineData("last Tuesday", "2026-11-17")]
    [InlineData("วันอังคารที่แล้ว", "2026-11-17")]
    [InlineData("อีก 3 วัน", "2026-11-28")]
    [InlineData("3 วันก่อน", "2026-11-22")]
    [InlineData("2 สัปดาห์ที่แล้ว", "2026-11-11")]
    [InlineData("3 days ago", "2026-11-22")]
    [InlineData("in 2 weeks", "2026-12-09")]
    [InlineData("เดือนที่แล้ว", "2026-10-25")]
    [InlineData("29 ก.พ. 2567", "2024-02-29")]
    [InlineData("29 ก.พ. 2569", "!no_such_date")]
    [InlineData("31/4/2569", "!no_such_date")]
    [InlineData("15/13/2569", "!no_such_date")]
    [InlineData("ไม่แน่ใจ", "!other")]
    [InlineData("15 16 17 18", "!other")]
    [InlineData("12345", "!other")]
    [InlineData("สองวันที่แล้ว", "2026-11-23")]
    [InlineData("15012569", "2026-01-15")]
    [InlineData("สิบห้ามกราคม", "2027-01-15")]
    [InlineData("วันที่สิบห้า ธันวา", "2026-12-15")]
    [InlineData("วันศุกร์ที่จะถึงนี้", "2026-11-27")]
    [InlineData("จันทร์ที่ผ่านมา", "2026-11-23")]
    [InlineData("a week ago", "2026-11-18")]
    [InlineData("ปีที่แล้ว", "2025-11-25")]
    [InlineData("เดือนก่อน", "2026-10-25")]
    [InlineData("สิ้นเดือนนี้", "2026-11-30")]
    [InlineData("1 มกราคมปีหน้า", "2027-01-01")]
    [InlineData("เมื่อวานตอนบ่ายสอง", "2026-11-24")]
    [InlineData("ร้านเปิดเสียงดังเมื่อคืนค่ะ", "2026-11-24")]
    [InlineData("วันอาทิตย์เปิดเพลงดังมาก", "2026-11-29")] // Sunday, and not "day" and "week"
    [InlineData("พรุ่งนี้ได้ไหม", "!other")]
    [InlineData("ไม่ใช่เมื่อวานนะ ตอนนั้น", "!other")]
    [InlineData("วันพุธที่ 25 พฤศจิกายน พ.ศ. 2569", "2026-11-25")]
    [InlineData("ต้นเดือนหน้า", "!other")]
    public void Dates(string text, string expected) => Assert.Equal(expected, Read(AnswerKind.Date, text));

    [Theory]
    [InlineData("past", "พรุ่งนี้", "!future")]
    [InlineData("past", "Jan 15", "2026-01-15")]
    [InlineData("past", "Friday", "2026-11-20")]
    [InlineData("past", "วันนี้", "2026-11-25")]
    [InlineData("future", "เมื่อวาน", "!past")]
    [InlineData("future", "วันนี้", "2026-11-25")]
    public void Dates_on_one_side_of_today(string allow, string text, string expected) =>
        Assert.Equal(expected, Read(AnswerKind.Date, text, s => s with { Allow = allow }));

    [Theory]
    [InlineData("13:30", "13:30")]
    [InlineData("13.30 น.", "13:30")]
    [InlineData("๑๓.๓๐", "13:30")]
    [InlineData("9:05", "09:05")]
    [InlineData("1:30 pm", "13:30")]
    [InlineData("9am", "09:00")]
    [InlineData("12 am", "00:00")]
    [InlineData("บ่ายโมง", "13:00")]
    [InlineData("บ่ายสอง", "14:00")]
    [InlineData("บ่าย 2 โมงครึ่ง", "14:30")]
    [InlineData("เก้าโมงเช้า", "09:00")]
    [InlineData("สองโมงเช้า", "08:00")]
    [InlineData("สี่โมงเย็น", "16:00")]
    [InlineData("10 โมง", "10:00")]
    [InlineData("สองทุ่ม", "20:00")]
    [InlineData("2 ทุ่มครึ่ง", "20:30")]
    [InlineData("เที่ยง", "12:00")]
    [InlineData("เที่ยงครึ่ง", "12:30")]
    [InlineData("เที่ยงคืน", "00:00")]
    [InlineData("ตีสาม", "03:00")]
    [InlineData("noon", "12:00")]
    [InlineData("ประมาณ 10 โมง 15 นาที", "10:15")]
    [InlineData("25:00", "!shape")]
    [InlineData("ตอนเย็น", "!other")]
    [InlineData("บ่ายสองครึ่ง", "14:30")]
    [InlineData("ทุ่มนึง", "19:00")]
    [InlineData("ทุ่มครึ่ง", "19:30")]
    [InlineData("สามทุ่มสิบห้า", "21:15")]
    [InlineData("บ่ายสองยี่สิบ", "14:20")]
    [InlineData("บ่ายสามสิบห้า", "15:15")]
    [InlineData("ตีสี่สี่สิบ", "04:40")]
    [InlineData("เที่ยงสิบห้า", "12:15")]
    [InlineData("สิบสี่นาฬิกาสามสิบนาที", "14:30")]
    [InlineData("ตอนเย็น 5 โมง", "17:00")]
    [InlineData("เช้า 9 โมง", "09:00")]
    [InlineData("930", "09:30")]
    [InlineData("24:00", "00:00")]
    [InlineData("half past two", "14:30")]
    [InlineData("quarter to 9 am", "08:45")]
    [InlineData("two thirty pm", "14:30")]
    [InlineData("3 o'clock", "15:00")]
    public void Times(string text, string expected) => Assert.Equal(expected, Read(AnswerKind.Time, text));

    [Theory]
    [InlineData("ใช่", "yes")]
    [InlineData("ใช่ครับ", "yes")]
    [InlineData("ใช่แล้วค่ะ", "yes")]
    [InlineData("ครับ", "yes")]
    [InlineData("โอเคจ้า", "yes")]
    [InlineData("ได้เลยค่ะ", "yes")]
    [InlineData("ถูกต้อง", "yes")]
    [InlineData("อืม", "yes")]
    [InlineData("Yes please", "yes")]
    [InlineData("YEP", "yes")]
    [InlineData("yes, we do", "yes")]
    [InlineData("of course", "yes")]
    [InlineData("ไม่", "no")]
    [InlineData("ไม่ใช่ค่ะ", "no")]
    [InlineData("ไม่มีครับ", "no")]
    [InlineData("ยังไม่มี", "no")]
    [InlineData("เปล่า", "no")]
    [InlineData("ป่าวค่ะ", "no")]
    [InlineData("no thanks", "no")]
    [InlineData("Nope", "no")]
    [InlineData("not yet", "no")]
    [InlineData("ไม่แน่ใจ", "!unsure")]
    [InlineData("ไม่รู้เหมือนกัน", "!unsure")]
    [InlineData("maybe", "!unsure")]
    [InlineData("not sure", "!unsure")]
    [InlineData("noodle shop", "!other")]
    [InlineData("yesterday", "!other")]
    [InlineData("สีฟ้า", "!other")]
    [InlineData("okkk", "yes")]
    [InlineData("เยส", "yes")]
    [InlineData("ชัวร์", "yes")]
    [InlineData("👍", "yes")]
    [InlineData("ครับ ไม่มี", "no")]
    [InlineData("อืม ไม่ดีกว่า", "no")]
    [InlineData("noo", "no")]
    [InlineData("ม่ายย", "no")]
    [InlineData("ไม่ชัวร์", "!unsure")]
    [InlineData("ใช่หรือไม่", "!unsure")]
    [InlineData("idk", "!unsure")]
    public void Yes_and_no(string text, string expected) => Assert.Equal(expected, Read(AnswerKind.YesNo, text));

    [Theory]
    [InlineData("ร้านอาหาร", "food")]
    [InlineData("1", "food")]
    [InlineData("ข้อ ๑", "food")]
    [InlineData("ข้อหนึ่ง", "food")]
    [InlineData("number 2", "rooms")]
    [InlineData("คาเฟ่ค่ะ", "food")]
    [InlineData("อยากเปิดคาเฟ่เล็กๆ แถวบ้าน", "food")]
    [InlineData("restaurent", "food")]
    [InlineData("RESTAURANT", "food")]
    [InlineData("โรงเเรม", "rooms")]
    [InlineData("homestey", "rooms")]
    [InlineData("99", "!other")]
    [InlineData("ยานอวกาศ", "!other")]
    [InlineData("hotel and restaurant", "!other")]
    public void Choices(string text, string expected)
    {
        var slot = Demo.Book.Dialogs["permit_finder"].Slots["business"];
        var actual = Read(AnswerKind.Choice, text, s => s with { Choices = slot.Choices });
        if (text == "hotel and restaurant")
            Assert.Contains(actual, (string[])["food", "!ambiguous"]);
        else
            Assert.Equal(expected, actual);
    }

    [Fact]
    public void Two_choices_named_alike_are_not_guessed()
    {
        var slot = new Slot { Name = "x", Kind = AnswerKind.Choice, Label = Words("x"), Choices = [Choice("a", "red wine"), Choice("b", "red beer")] };
        var answer = AnswerReader.Read(slot, Demo.Book.Vocabulary.Hear("red wine or red beer"), Demo.Book.Vocabulary, Wednesday);
        Assert.Equal("ambiguous", answer.Why);

        static SlotChoice Choice(string value, string label) => new(value, Words(label), [], [label]);
        static Localized Words(string text) => new(Template.Parse(text), Template.Parse(text));
    }

    [Theory]
    [InlineData("081 234 5678", "0812345678")]
    [InlineData("๐๘๑-๒๓๔-๕๖๗๘", "0812345678")]
    [InlineData("+66 81 234 5678", "0812345678")]
    [InlineData("66812345678", "0812345678")]
    [InlineData("เบอร์ 0812345678 ค่ะ", "0812345678")]
    [InlineData("02 123 4567", "021234567")]
    [InlineData("ศูนย์แปดหนึ่ง สองสามสี่ ห้าหกเจ็ดแปด", "0812345678")]
    [InlineData("my number is 081-234-5678", "0812345678")]
    [InlineData("0812345", "!shape")]
    [InlineData("1234567890", "!shape")]
    [InlineData("+1 202 555 0100", "!shape")]
    [InlineData("ไม่มีเบอร์", "!other")]
    [InlineData("เบอร์ผม 081-234-5678 ครับ ชื่อสมชาย", "0812345678")]
    [InlineData("02-123-4567 ต่อ 12", "021234567")]
    [InlineData("0066812345678", "0812345678")]
    [InlineData("081-234-5678 หรือ 089-999-9999", "!shape")]
    public void Phones(string text, string expected) => Assert.Equal(expected, Read(AnswerKind.Phone, text));

    [Theory]
    [InlineData("Somchai@Example.com", "somchai@example.com")]
    [InlineData("อีเมล somchai@example.co.th ค่ะ", "somchai@example.co.th")]
    [InlineData("somchai@", "!shape")]
    [InlineData("somchai.example.com", "!other")]
    [InlineData("a..b@c.co", "!shape")]
    [InlineData(".a@b.co", "!shape")]
    public void Emails(string text, string expected) => Assert.Equal(expected, Read(AnswerKind.Email, text));

    [Theory]
    [InlineData("1-9999-00000-01-3", "1-xxxx-xxxxx-xx-3")]
    [InlineData("๘๙๙๙๙๐๐๐๑๒๓๔๕", "8-xxxx-xxxxx-xx-5")]
    [InlineData("1 9999 00000 01 3", "1-xxxx-xxxxx-xx-3")]
    [InlineData("1-9999-00000-01-4", "!checksum")]
    [InlineData("0-9959-90000-12-1", "!shape")]
    [InlineData("123456", "!shape")]
    public void Thai_ids(string text, string expected) => Assert.Equal(expected, Read(AnswerKind.ThaiId, text));

    [Theory]
    [InlineData("0-9959-90000-12-1", "0-xxxx-xxxxx-xx-1")]
    [InlineData("1-9999-00000-01-3", "!shape")]
    public void Juristic_ids(string text, string expected) => Assert.Equal(expected, Read(AnswerKind.JuristicId, text));

    [Fact]
    public void An_identity_number_is_masked_wherever_it_stands()
    {
        var heard = Demo.Book.Vocabulary.Hear("ของผม 1999900000013 ครับ");
        Assert.Equal("ของผม 1-xxxx-xxxxx-xx-3 ครับ", heard.Text);
        Assert.DoesNotContain("1999900000013", heard.Folded, StringComparison.Ordinal);
        Assert.Equal(("1999900000013", "1-xxxx-xxxxx-xx-3"), Assert.Single(heard.Secrets));
    }

    [Theory]
    [InlineData("1999900000013 0812345678", 1)]
    [InlineData("โทร 0812345678 บัตร 1-9999-00000-01-3 ครับ", 1)]
    [InlineData("081 1-9999-00000-01-3 02", 1)]
    [InlineData("๑๙๙๙๙๐๐๐๐๐๐๑๓ กับ 8-9999-00012-34-5", 2)]
    [InlineData("1\u20119999\u201100000\u201101\u20113", 1)]
    [InlineData("19999000000130", 0)]
    [InlineData("1-9999-00000-01-4", 0)]
    [InlineData("1999900000013", 1)]
    public void Identity_numbers_are_found_between_other_figures(string text, int count)
    {
        Assert.Equal(count, IdentityNumber.Find(text).Count);
        Assert.Equal(count == 0, Demo.Book.Vocabulary.Hear(text).Text == text);
    }

    [Theory]
    [InlineData("12 หมู่ 3 ต.ในเมือง อ.เมือง จ.ขอนแก่น 40000", "province=ขอนแก่น district=เมือง subdistrict=ในเมือง postcode=40000")]
    [InlineData("99/1 ถนนสุขุมวิท แขวงคลองเตย เขตคลองเตย กทม. 10110", "province=กรุงเทพมหานคร district=คลองเตย subdistrict=คลองเตย postcode=10110")]
    [InlineData("99 Sukhumvit Road, Khlong Toei Sub-district, Watthana District, Bangkok ๑๐๑๑๐", "province=กรุงเทพมหานคร district=watthana subdistrict=khlong toei postcode=10110")]
    [InlineData("อำเภอเมือง จังหวัดเลย", "province=เลย district=เมือง subdistrict= postcode=")]
    [InlineData("ซอยลึกมากเลย", "province= district= subdistrict= postcode=")]
    [InlineData("ถนนเชียงใหม่ อ.เมือง นครปฐม", "province=นครปฐม district=เมือง subdistrict= postcode=")]
    [InlineData("สีลม บางรัก กทม 10500", "province=กรุงเทพมหานคร district=บางรัก subdistrict= postcode=10500")]
    [InlineData("99/1 ถนนสุขุมวิท กรุงเทพ", "province=กรุงเทพมหานคร district= subdistrict= postcode=")]
    [InlineData("99/1 Sukhumvit Rd, Khlong Toei, Bangkok", "province=กรุงเทพมหานคร district=khlong toei subdistrict= postcode=")]
    [InlineData("Tambon Nai Mueang, Amphoe Mueang, Khon Kaen", "province=ขอนแก่น district=mueang subdistrict=nai mueang postcode=")]
    public void Address_parts(string text, string expected)
    {
        var parts = AddressAnswer.Parts(Folding.Fold(text), Demo.Book.Vocabulary);
        Assert.Equal(expected, string.Join(' ', new[] { "province", "district", "subdistrict", "postcode" }.Select(p => $"{p}={parts.GetValueOrDefault(p)}")));
    }

    [Fact]
    public void All_77_provinces_are_known_by_their_own_name()
    {
        Assert.Equal(77, Demo.Book.Vocabulary.Provinces.Count);
        Assert.All(Demo.Book.Vocabulary.Provinces, p =>
        {
            Assert.Equal(p, AddressAnswer.FindProvince(Folding.Fold($"อ.เมือง จ.{p.Th}"), Demo.Book.Vocabulary));
            Assert.Equal(p, AddressAnswer.FindProvince(Folding.Fold($"12 Main Road, {p.En} 10000"), Demo.Book.Vocabulary));
        });
    }

    [Fact]
    public void A_pin_on_the_map_is_a_place()
    {
        var slot = new Slot { Name = "x", Kind = AnswerKind.Location, Label = new Localized(Template.Parse("x"), Template.Parse("x")) };
        var pin = Demo.Says("") with { Kind = InboundKind.Location, Text = null, Location = new GeoPoint(13.7563, 100.5018) };
        var answer = AnswerReader.Read(slot, Demo.Book.Vocabulary.Hear(pin), Demo.Book.Vocabulary, Wednesday);
        Assert.Equal("13.7563, 100.5018", answer.Value);
        Assert.Equal("13.7563", answer.Parts["lat"]);
    }

    [Theory]
    [InlineData("เเดง", "แดง")]
    [InlineData("น\u0e4d\u0e32", "นำ")]
    [InlineData("ที่่่", "ที่")]
    [InlineData("ก\u200bข", "กข")]
    [InlineData("๑๒๓", "123")]
    [InlineData("  A \t B ", "a b")]
    public void Folding_makes_one_form_of_many(string text, string expected) => Assert.Equal(expected, Folding.Fold(text));

    [Fact]
    public void A_lone_surrogate_does_no_harm() => Assert.Equal("a\ufffdb", Folding.Fold($"a{(char)0xd800}b"));
}
