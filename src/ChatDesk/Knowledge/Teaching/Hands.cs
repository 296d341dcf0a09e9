using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace ChatDesk.Knowledge.Teaching;

/// <summary>
/// How many pieces of teaching go on side by side: one beside a live desk, whose turns must not wait; as many as there are processors
/// while nothing is live yet and everybody waits for the teaching.
/// </summary>
internal sealed class Hands
{
    private readonly int _count;

    private Hands(int count) => _count = count;

    /// <summary>The caller's own thread and no other.</summary>
    public static Hands One { get; } = new(1);

    /// <summary>One for each processor.</summary>
    public static Hands All { get; } = new(Environment.ProcessorCount);

    /// <summary>
    /// Does all of the work and returns when it is done; in order, as far as hands are free. The further threads are its own: a desk that
    /// starts already takes webhooks, and those need the pool's.
    /// </summary>
    public void Do(params Action[] work)
    {
        var left = new ConcurrentQueue<Action>(work);
        ExceptionDispatchInfo? fault = null;
        var others = new Thread[Math.Min(_count, work.Length) - 1];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(Take) { IsBackground = true, Name = "teaching" };
            others[i].Start();
        }

        Take();
        foreach (var other in others)
            other.Join();
        fault?.Throw();

        void Take()
        {
            while (left.TryDequeue(out var piece))
            {
                try
                {
                    piece();
                }
                catch (Exception thrown)
                {
                    // On a thread of its own it would end the process; the caller is to hear of it.
                    Interlocked.CompareExchange(ref fault, ExceptionDispatchInfo.Capture(thrown), null);
                    left.Clear();
                }
            }
        }
    }
}
