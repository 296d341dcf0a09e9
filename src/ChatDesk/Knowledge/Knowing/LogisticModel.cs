using System.Numerics;
using System.Runtime.CompilerServices;

namespace ChatDesk.Knowledge.Knowing;

/// <summary>
/// The probability that an answer is right, from its evidence: logistic regression over the numbers and their squares.
/// Chosen over boosted trees because it keeps the precision it promises when the mix of questions shifts.
/// </summary>
internal sealed class LogisticModel
{
    private const int Steps = 600;
    private const double Ridge = .002;

    private readonly double[] _mean;
    private readonly double[] _spread;
    private readonly double[] _weights;

    private LogisticModel(double[] mean, double[] spread, double[] weights) => (_mean, _spread, _weights) = (mean, spread, weights);

    /// <summary>Fits the model; with all lessons of one kind it says that kind's share for everything.</summary>
    public static LogisticModel Train(IReadOnlyList<(double[] Evidence, bool Right)> lessons)
    {
        var rows = lessons.Select(l => Expand(l.Evidence)).ToArray();
        var width = rows.Length > 0 ? rows[0].Length : 0;
        var (mean, spread) = (new double[width], new double[width]);
        for (var f = 0; f < width; f++)
        {
            mean[f] = rows.Average(r => r[f]);
            spread[f] = Math.Sqrt(rows.Average(r => (r[f] - mean[f]) * (r[f] - mean[f])));
        }

        var model = new LogisticModel(mean, spread, new double[width + 1]);
        model.Fit([.. rows.Select(model.Scale)], [.. lessons.Select(l => l.Right ? 1.0 : 0.0)]);
        return model;
    }

    /// <summary>The model as numbers; <see cref="From"/> makes it again.</summary>
    public double[] Numbers => [.. _mean, .. _spread, .. _weights];

    public static LogisticModel From(double[] numbers)
    {
        var width = (numbers.Length - 1) / 3;
        return new LogisticModel(numbers[..width], numbers[width..(2 * width)], numbers[(2 * width)..]);
    }

    public double Probability(double[] evidence) => Sigmoid(Sum(Scale(Expand(evidence))));

    private static double[] Expand(double[] evidence) => [.. evidence, .. evidence.Select(v => v * v)];

    private double[] Scale(double[] row) => [.. row.Select((v, f) => _spread[f] > 1e-9 ? Math.Clamp((v - _mean[f]) / _spread[f], -4, 4) : 0)];

    // Adam on the whole set: a few thousand rows of twice the evidence, well under a second.
    private void Fit(double[][] rows, double[] right)
    {
        var (first, secondMoment) = (new double[_weights.Length], new double[_weights.Length]);
        for (var step = 1; step <= Steps && rows.Length > 0; step++)
        {
            var gradient = Gradient(rows, right);
            for (var w = 0; w < _weights.Length; w++)
            {
                first[w] = (.9 * first[w]) + (.1 * gradient[w]);
                secondMoment[w] = (.99 * secondMoment[w]) + (.01 * gradient[w] * gradient[w]);
                var corrected = first[w] / (1 - Math.Pow(.9, step));
                _weights[w] -= .05 * corrected / (Math.Sqrt(secondMoment[w] / (1 - Math.Pow(.99, step))) + 1e-8);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] Gradient(double[][] rows, double[] right)
    {
        var gradient = new double[_weights.Length];
        for (var r = 0; r < rows.Length; r++)
        {
            var error = (Sigmoid(Sum(rows[r])) - right[r]) / rows.Length;
            AddTimes(gradient, rows[r], error);
            gradient[^1] += error;
        }

        AddTimes(gradient, _weights.AsSpan(..^1), Ridge);
        return gradient;
    }

    private double Sum(double[] row)
    {
        var (sums, rest) = (Vector<double>.Zero, 0.0);
        var f = 0;
        for (; f <= row.Length - Vector<double>.Count; f += Vector<double>.Count)
            sums += new Vector<double>(row, f) * new Vector<double>(_weights, f);
        for (; f < row.Length; f++)
            rest += _weights[f] * row[f];
        return _weights[^1] + Vector.Sum(sums) + rest;
    }

    private static void AddTimes(Span<double> target, ReadOnlySpan<double> row, double factor)
    {
        var f = 0;
        for (; f <= row.Length - Vector<double>.Count; f += Vector<double>.Count)
            (new Vector<double>(target[f..]) + (new Vector<double>(row[f..]) * factor)).CopyTo(target[f..]);
        for (; f < row.Length; f++)
            target[f] += factor * row[f];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
