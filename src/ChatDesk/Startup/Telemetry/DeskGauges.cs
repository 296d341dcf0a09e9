using System.Data.Common;
using System.Diagnostics.Metrics;
using ChatDesk.Cases.Promises;
using ChatDesk.Delivery;
using ChatDesk.Handover;

namespace ChatDesk.Startup.Telemetry;

/// <summary>
/// What stands unfinished, looked up every few seconds: depths and ages of inbox and outbox, people who wait for an officer, promises.
/// With several replicas each reports the same figures: take their maximum, not their sum.
/// </summary>
internal sealed class DeskGauges : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly DeskSettings _settings;
    private readonly ILedger _ledger;
    private readonly IOfficerQueue _queue;
    private readonly PromiseBook _promises;
    private readonly TimeProvider _time;
    private readonly ILogger<DeskGauges> _log;
    private volatile Standing? _last;

    public DeskGauges(
        IMeterFactory meters, DeskSettings settings, ILedger ledger, IOfficerQueue queue, PromiseBook promises, TimeProvider time, ILogger<DeskGauges> log)
    {
        (_settings, _ledger, _queue, _promises, _time, _log) = (settings, ledger, queue, promises, time, log);
        var meter = meters.Create(DeskMeters.Name);
        meter.CreateObservableGauge("chatdesk.inbox.depth", () => One(s => s.Ledger.Pending), "{event}", "Events without a turn.");
        meter.CreateObservableGauge("chatdesk.inbox.oldest", () => One(s => Age(s, s.Ledger.OldestPending)), "s", "How long the oldest event has waited for its turn.");
        meter.CreateObservableGauge("chatdesk.outbox.depth", () => One(s => s.Ledger.Unsettled), "{answer}", "Answers that have not arrived yet and may still be tried.");
        meter.CreateObservableGauge("chatdesk.outbox.oldest", () => One(s => Age(s, s.Ledger.OldestUnsettled)), "s", "How long the oldest of them has been on its way.");
        meter.CreateObservableGauge("chatdesk.quarantine", () => One(s => s.Ledger.Quarantined), "{event}", "Events set aside with their reason.");
        meter.CreateObservableGauge("chatdesk.handovers.waiting", () => Each(a => a.Waiting), "{conversation}", "People who wait for an officer in business hours.");
        meter.CreateObservableGauge("chatdesk.handovers.oldest", () => Each(a => a.OldestWait), "s", "How long the first of them has waited.");
        meter.CreateObservableGauge("chatdesk.officers.on_duty", () => Each(a => a.Officers), "{officer}", "Officers signed on.");
        meter.CreateObservableGauge("chatdesk.promises.due", () => Each(a => a.Due), "{promise}", "Promises that wait for a person's answer, their time not yet over.");
        meter.CreateObservableGauge("chatdesk.promises.broken", () => Each(a => a.Broken), "{promise}", "Promises whose time is over without an answer.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        do
        {
            try
            {
                _last = await LookAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is LedgerException or DbException or InvalidOperationException)
            {
                // Without a figure the alarm for missing figures speaks; a stale one would look healthy.
                _last = null;
                _log.LogWarning("Figures cannot be looked up: {Fault}", fault.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<Standing> LookAsync(CancellationToken stopping)
    {
        var now = _time.GetUtcNow();
        var agencies = new List<AgencyStanding>();
        foreach (var agency in _settings.Agencies)
        {
            var desk = await _queue.SnapshotAsync(agency);
            var waiting = desk.Rows.Values.Where(row => row.State == HandoverState.Waiting).ToList();
            var oldest = waiting.Count == 0 ? TimeSpan.Zero : now - waiting.Min(row => row.WaitingSince ?? row.AskedAt);
            var (due, broken) = await _promises.OwedAsync(agency, stopping);
            agencies.Add(new(agency, waiting.Count, oldest.TotalSeconds, desk.Officers.Count, due, broken));
        }
        return new(now, await _ledger.BacklogAsync(), agencies);
    }

    private IEnumerable<Measurement<double>> One(Func<Standing, double> of) => _last is { } standing ? [new(of(standing))] : [];

    private IEnumerable<Measurement<double>> Each(Func<AgencyStanding, double> of) =>
        _last is { } standing ? standing.Agencies.Select(one => new Measurement<double>(of(one), new KeyValuePair<string, object?>("agency", one.Agency))) : [];

    private static double Age(Standing standing, DateTimeOffset? since) => since is { } at ? Math.Max(0, (standing.At - at).TotalSeconds) : 0;

    private sealed record Standing(DateTimeOffset At, LedgerBacklog Ledger, IReadOnlyList<AgencyStanding> Agencies);

    private sealed record AgencyStanding(string Agency, int Waiting, double OldestWait, int Officers, int Due, int Broken);
}
