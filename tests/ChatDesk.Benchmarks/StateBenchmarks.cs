using BenchmarkDotNet.Attributes;
using ChatDesk.Activities;
using ChatDesk.Conversations;
using ChatDesk.Knowledge.Reflexes;

namespace ChatDesk.Benchmarks;

/// <summary>What every turn does to its session and its words.</summary>
public class StateBenchmarks
{
    private const string Words = "โทรกลับที่ 081-234-5678 นะคะ เรื่องใบอนุญาตร้านอาหาร";

    private readonly SessionState _state = SessionState.New with
    {
        LastLanguage = "th",
        Offered = [new Choice("ใบอนุญาต"), new Choice("เช็คสถานะ"), new Choice("คุยกับเจ้าหน้าที่", Data: "person")],
    };

    private readonly byte[] _json;

    public StateBenchmarks() => _json = _state.Write();

    [Benchmark]
    public byte[] Write() => _state.Write();

    [Benchmark]
    public object? Read() => SessionState.Read(_json);

    [Benchmark]
    public string HideNumbers() => PiiMask.Mask(Words).Text;
}
