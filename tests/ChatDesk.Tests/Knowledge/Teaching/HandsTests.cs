using System.Collections.Concurrent;
using ChatDesk.Knowledge.Teaching;

namespace ChatDesk.Tests.Knowledge.Teaching;

public sealed class HandsTests
{
    [Fact]
    public void One_hand_works_in_order_on_the_callers_thread()
    {
        var (done, threads) = (new List<int>(), new HashSet<int>());
        Hands.One.Do([.. Enumerable.Range(0, 20).Select<int, Action>(n => () =>
        {
            done.Add(n);
            threads.Add(Environment.CurrentManagedThreadId);
        })]);
        Assert.Equal(Enumerable.Range(0, 20), done);
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void All_hands_do_every_piece_once_and_borrow_no_thread_of_the_pool()
    {
        var (done, borrowed) = (new ConcurrentBag<int>(), 0);
        var caller = Environment.CurrentManagedThreadId;
        Hands.All.Do([.. Enumerable.Range(0, 50).Select<int, Action>(n => () =>
        {
            done.Add(n);
            if (Thread.CurrentThread.IsThreadPoolThread && Environment.CurrentManagedThreadId != caller)
                Interlocked.Increment(ref borrowed);
        })]);
        Assert.Equal(Enumerable.Range(0, 50), done.Order());
        Assert.Equal(0, borrowed);
    }

    [Fact]
    public void What_goes_wrong_on_any_hand_reaches_the_caller() =>
        Assert.Throws<FormatException>(() => Hands.All.Do(() => throw new FormatException(), () => Thread.Yield()));
}
