using System.Text;
using BenchmarkDotNet.Attributes;
using ChatDesk.Activities;
using ChatDesk.Channels.Line.Receiving;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.Benchmarks;

/// <summary>From LINE's bytes to the row that is stored.</summary>
public class WebhookBenchmarks
{
    private readonly byte[] _body;
    private readonly string _signature;
    private readonly LineSignature _signatures;
    private readonly ReadOnlyMemory<byte> _event;
    private readonly InboundActivity _activity;
    private readonly byte[] _json;

    public WebhookBenchmarks()
    {
        var channel = new LineCloud(TimeProvider.System).Open(new LineChannelSetup());
        var user = "U" + new string('0', 31) + "1";
        channel.People.Add(new LinePerson(user, "Somchai"));
        var webhook = new WebhookEvents(channel, TimeProvider.System).Message.Text(ChatSource.User(user), "อยากเปิดร้านกาแฟ ต้องขออะไรบ้างคะ");
        _body = WebhookEvent.Body(channel.Setup.BotUserId, [webhook], isRedelivery: false);
        _signature = WebhookSignature.Of(Encoding.UTF8.GetBytes(channel.Setup.Secret), _body);
        _signatures = new LineSignature([channel.Setup.Secret]);
        _event = Split()[0];
        _activity = Map();
        _json = Write();
    }

    [Benchmark]
    public bool Signature() => _signatures.Verifies(_body, _signature);

    [Benchmark]
    public IReadOnlyList<ReadOnlyMemory<byte>> Split()
    {
        var events = new List<ReadOnlyMemory<byte>>();
        LineWebhookBody.Split(_body, events, out _);
        return events;
    }

    [Benchmark]
    public object MapEvent() => Map();

    [Benchmark]
    public byte[] Write() => ActivityJson.Write(_activity);

    [Benchmark]
    public object Read() => ActivityJson.ReadInbound(_json);

    private InboundActivity Map() => LineActivityMapper.Map("demo", _event, DateTimeOffset.UnixEpoch).Activity;
}
