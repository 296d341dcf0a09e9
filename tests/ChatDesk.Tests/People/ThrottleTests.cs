using System.Net;
using ChatDesk.People.SignIn;
using ChatDesk.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace ChatDesk.Tests.People;

/// <summary>Guessing is slowed down; the right person gets in.</summary>
public sealed class ThrottleTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(7)));

    [Fact]
    public void A_flood_over_many_addresses_gets_ten_guesses_at_an_account_and_its_own_browser_still_gets_in()
    {
        var throttle = new SignInThrottle(_time);
        var reached = 0;
        for (var guess = 0; guess < 20_000; guess++)
        {
            if (throttle.Begin(new SignInAttempt($"ACCOUNT{guess % 50}", $"10.0.{guess % 200}.1", null)) == TimeSpan.Zero) reached++;
        }

        Assert.InRange(reached, 1, 50 * SignInThrottle.TriesByStrangers);
        Assert.Equal(TimeSpan.Zero, throttle.Begin(new SignInAttempt("ACCOUNT7", "10.0.3.1", "known browser")));
        _time.Advance(SignInThrottle.Window);
        Assert.Equal(TimeSpan.Zero, throttle.Begin(new SignInAttempt("ACCOUNT7", "203.0.113.9", null)));
    }

    [Fact]
    public void One_place_waits_longer_after_every_wrong_try_and_a_right_one_ends_it()
    {
        var throttle = new SignInThrottle(_time);
        var malee = new SignInAttempt("MALEE", "10.0.0.1", "her browser");
        for (var free = 0; free < SignInThrottle.FreeTries; free++) Assert.Equal(TimeSpan.Zero, throttle.Begin(malee));
        var first = throttle.Begin(malee);
        _time.Advance(first);
        Assert.Equal(TimeSpan.Zero, throttle.Begin(malee));
        Assert.Equal(first * 2, throttle.Begin(malee));

        _time.Advance(first * 2);
        Assert.Equal(TimeSpan.Zero, throttle.Begin(malee));
        throttle.Succeeded(malee);
        for (var free = 0; free < SignInThrottle.FreeTries; free++) Assert.Equal(TimeSpan.Zero, throttle.Begin(malee));
    }

    [Fact]
    public void Tries_in_parallel_do_not_slip_through_together()
    {
        var throttle = new SignInThrottle(_time);
        var reached = 0;
        Parallel.For(0, 1000, n =>
        {
            if (throttle.Begin(new SignInAttempt("MALEE", $"10.0.0.{n % 100}", null)) == TimeSpan.Zero) Interlocked.Increment(ref reached);
        });
        Assert.Equal(SignInThrottle.TriesByStrangers, reached);
    }

    [Fact]
    public void Made_up_names_cannot_fill_the_memory()
    {
        var throttle = new SignInThrottle(_time);
        for (var n = 0; n < 120_000; n++) throttle.Begin(new SignInAttempt($"NAME{n}", $"10.{n % 250}.{n / 250 % 250}.{n % 7}", null));
        Assert.InRange(throttle.Size, 0, 110_000);
    }

    [Fact]
    public async Task Two_replicas_give_no_more_guesses_than_one_and_each_its_own_while_Redis_is_away()
    {
        using var redis = await RedisServer.StartAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Configuration);
        SignInThrottle Replica() => new(_time, new SharedTries(() => connection.IsConnected ? connection : null));
        SignInThrottle[] replicas = [Replica(), Replica()];

        // By account: ten strangers from ten places, and the eleventh waits, whichever replica hears him.
        var reached = 0;
        for (var guess = 0; guess < 30; guess++) reached += await replicas[guess % 2].BeginAsync(new("MALEE", $"10.0.0.{guess}", null)) == TimeSpan.Zero ? 1 : 0;
        Assert.Equal(SignInThrottle.TriesByStrangers, reached);

        // By place: five, then half a minute; what is right is counted at neither.
        var own = new SignInAttempt("MALEE", "10.0.0.1", "her browser");
        for (var free = 0; free < SignInThrottle.FreeTries; free++) Assert.Equal(TimeSpan.Zero, await replicas[free % 2].BeginAsync(own));
        foreach (var replica in replicas) Assert.InRange(await replica.BeginAsync(own), TimeSpan.FromSeconds(1), SignInThrottle.FirstWait);
        await replicas[0].SucceededAsync(own);
        foreach (var replica in replicas) Assert.Equal(TimeSpan.Zero, await replica.BeginAsync(own));

        redis.Kill();
        var other = new SignInAttempt("SUDA", "10.0.0.2", null);
        foreach (var replica in replicas)
        {
            for (var free = 0; free < SignInThrottle.FreeTries; free++) Assert.Equal(TimeSpan.Zero, await replica.BeginAsync(other));
            Assert.True(await replica.BeginAsync(other) > TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task Over_http_strangers_wait_and_the_officers_own_browser_does_not()
    {
        await using var desk = await PeopleDesk.StartAsync();
        await desk.AddAsync("malee");
        using var own = await desk.SignInAsync("malee");
        await own.SubmitAsync("/desk", "/desk/sign-out");
        using var stranger = desk.Open();
        for (var guess = 0; guess < SignInThrottle.FreeTries; guess++)
            Assert.Contains("ไม่ถูกต้อง", (await stranger.TryPasswordAsync("malee", $"guess {guess}")).Text, StringComparison.Ordinal);

        var even = await stranger.TryPasswordAsync("malee", PeopleDesk.Password);
        Assert.Equal(HttpStatusCode.OK, even.Status);
        Assert.Contains("โปรดรอ", even.Text, StringComparison.Ordinal);

        await own.SignInAsync("malee", PeopleDesk.Password);
    }
}
