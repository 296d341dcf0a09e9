namespace ChatDesk.Triage.Local;

/// <summary>
/// A linear model over runs of two to five characters, so that spelling, missing spaces and both languages do not matter.
/// Softmax, AdaGrad, always the same order: the same lines give the same model. Immutable once taught.
/// </summary>
internal sealed class NgramModel
{
    private const int ShortestRun = 2;
    private const int LongestRun = 5;
    private const int Buckets = 1 << 15;
    private const int Rounds = 12;
    private const float Rate = 0.25f;
    private const float Decay = 1e-5f;

    private readonly string[] _labels;

    /// <summary>Bucket by bucket, one weight per label.</summary>
    private readonly float[] _weights;

    private NgramModel(string[] labels)
    {
        _labels = labels;
        _weights = new float[Buckets * labels.Length];
    }

    public IReadOnlyList<string> Labels => _labels;

    /// <param name="lines">Folded text with its label.</param>
    public static NgramModel Teach(IReadOnlyList<(string Folded, string Label)> lines)
    {
        var model = new NgramModel([.. lines.Select(l => l.Label).Distinct().Order(StringComparer.Ordinal)]);
        if (lines.Count > 0) model.Learn(lines);
        return model;
    }

    /// <returns>Probability by label, in the order of <see cref="Labels"/>.</returns>
    public double[] Predict(string folded) => Softmax(Score(Runs(folded)));

    /// <returns>The stretch of the text that speaks loudest for the label; null when nothing does.</returns>
    public string? Evidence(string folded, string label)
    {
        var index = Array.IndexOf(_labels, label);
        if (index < 0) return null;
        var support = new float[folded.Length];
        for (var length = ShortestRun; length <= LongestRun; length++)
        {
            for (var at = 0; at + length <= folded.Length; at++)
            {
                var gain = Gain(Bucket(folded.AsSpan(at, length)), index) / length;
                for (var i = at; i < at + length; i++) support[i] += gain;
            }
        }
        return EvidenceStretch.Loudest(folded, support);
    }

    private void Learn(IReadOnlyList<(string Folded, string Label)> lines)
    {
        var samples = lines.Select(l => (Runs: Runs(l.Folded), Label: Array.IndexOf(_labels, l.Label))).ToArray();
        // Rare labels count for as much as frequent ones.
        var weightOf = samples.GroupBy(s => s.Label).ToDictionary(g => g.Key, g => (float)samples.Length / (_labels.Length * g.Count()));
        var squares = new float[_weights.Length];
        for (var round = 0; round < Rounds; round++)
        {
            // A fixed stride visits every line once a round, in another order than the file's, where equal labels stand together.
            var stride = Stride(samples.Length, round);
            for (var n = 0; n < samples.Length; n++)
            {
                var sample = samples[(int)((long)n * stride % samples.Length)];
                Step(sample.Runs, sample.Label, weightOf[sample.Label], squares);
            }
        }
    }

    private void Step((int[] Buckets, float Value) runs, int label, float weight, float[] squares)
    {
        var chance = Softmax(Score(runs));
        for (var k = 0; k < _labels.Length; k++)
        {
            var error = (float)(chance[k] - (k == label ? 1 : 0)) * weight;
            foreach (var bucket in runs.Buckets)
            {
                var at = (bucket * _labels.Length) + k;
                var slope = (error * runs.Value) + (Decay * _weights[at]);
                squares[at] += slope * slope;
                _weights[at] -= Rate * slope / (MathF.Sqrt(squares[at]) + 1e-3f);
            }
        }
    }

    private double[] Score((int[] Buckets, float Value) runs)
    {
        var scores = new double[_labels.Length];
        foreach (var bucket in runs.Buckets)
        {
            for (var k = 0; k < scores.Length; k++) scores[k] += _weights[(bucket * scores.Length) + k] * runs.Value;
        }
        return scores;
    }

    /// <summary>How much more a run speaks for a label than for the average one.</summary>
    private float Gain(int bucket, int label)
    {
        var all = _weights.AsSpan(bucket * _labels.Length, _labels.Length);
        var sum = 0f;
        foreach (var weight in all) sum += weight;
        return all[label] - (sum / all.Length);
    }

    private static double[] Softmax(double[] scores)
    {
        if (scores.Length == 0) return scores;
        var most = scores.Max();
        var sum = 0.0;
        for (var k = 0; k < scores.Length; k++) sum += scores[k] = Math.Exp(scores[k] - most);
        for (var k = 0; k < scores.Length; k++) scores[k] /= sum;
        return scores;
    }

    /// <summary>Every different run once; together of length 1, so that long texts do not shout.</summary>
    private static (int[] Buckets, float Value) Runs(string folded)
    {
        var seen = new HashSet<int>();
        for (var length = ShortestRun; length <= LongestRun; length++)
        {
            for (var at = 0; at + length <= folded.Length; at++) seen.Add(Bucket(folded.AsSpan(at, length)));
        }
        return ([.. seen], seen.Count == 0 ? 0 : 1 / MathF.Sqrt(seen.Count));
    }

    /// <summary>FNV-1a: the same in every process, unlike string.GetHashCode.</summary>
    private static int Bucket(ReadOnlySpan<char> run)
    {
        var hash = 2166136261u;
        foreach (var c in run) hash = (hash ^ c) * 16777619u;
        return (int)((hash ^ (hash >> 15)) % Buckets);
    }

    private static int Stride(int count, int round)
    {
        for (var stride = (count / 2) + 1 + (round * 7); ; stride++)
        {
            if (count < 2 || GreatestCommon(stride, count) == 1) return Math.Max(stride, 1);
        }
    }

    private static int GreatestCommon(int a, int b) => b == 0 ? a : GreatestCommon(b, a % b);
}
