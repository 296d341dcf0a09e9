using System.Runtime.CompilerServices;
using ChatDesk.Knowledge.Teaching;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Alarms;

/// <summary>
/// Tells cries for help, reports of bribery and attempts on the desk from everything else, also in words no list foresaw: a softmax over
/// <see cref="AlarmFeatures"/>, taught at load from the editors' labelled lines. Always the same order, so the same lines give the same model.
/// </summary>
internal sealed class AlarmModel
{
    /// <summary>The kind of line that is no alarm.</summary>
    public const string None = "none";

    private const int Rounds = 12;
    private const float Rate = .15f;
    private const float Decay = 3e-5f;

    /// <summary>0 counts every line alike, 1 every kind.</summary>
    private const float Fairness = .8f;

    /// <summary>A line told this surely teaches nothing more; thousands of harmless ones are soon there.</summary>
    private const double KnownWell = .97;

    private readonly AlarmFeatures _features;
    private readonly SignWords _signs;
    private readonly string[] _kinds;

    /// <summary>Bucket by bucket, one weight a kind; the last bucket is the bias.</summary>
    private readonly float[] _weights;

    private AlarmModel(SignWords signs, AlarmFeatures features, string[] kinds, float[] weights) =>
        (_signs, _features, _kinds, _weights) = (signs, features, kinds, weights);

    /// <param name="signs">The groups of words it may lean on.</param>
    /// <param name="lines">Lines as people write them, by kind; <see cref="None"/> for what is no alarm.</param>
    /// <param name="taught">What the same lines taught before; then they are not even looked at.</param>
    public static AlarmModel Teach(SignWords signs, IEnumerable<(string Kind, string Text)> lines, TaughtFile? taught = null)
    {
        taught ??= TaughtFile.None;
        var known = new Lazy<(string Kind, string Text)[]>(() => [.. lines]);
        var kinds = new string(taught.Get("alarm kinds", () => Kinds(known.Value).ToCharArray())).Split('\n');
        var features = new AlarmFeatures(signs);
        return new AlarmModel(signs, features, kinds, taught.Get("alarms", () => Learn(features, kinds, known.Value)));
    }

    private static string Kinds(IEnumerable<(string Kind, string Text)> lines) =>
        string.Join('\n', lines.Select(l => l.Kind).Append(None).Distinct().Order(StringComparer.Ordinal));

    private static float[] Learn(AlarmFeatures features, string[] kinds, (string Kind, string Text)[] lines)
    {
        var model = new AlarmModel(new SignWords([]), features, kinds, new float[(AlarmFeatures.Buckets + 1) * kinds.Length]);
        model.Learn([.. lines.Select(l => (Features: features.Of(ThaiText.Fold(l.Text), out _), Array.IndexOf(kinds, l.Kind))).Where(l => l.Features.Length > 0)]);
        return model._weights;
    }

    /// <param name="folded">The text.</param>
    /// <param name="signs">The groups of words it was read from, for whoever asks why.</param>
    /// <returns>Every kind with its probability; they add up to one.</returns>
    public IReadOnlyList<(string Kind, double Probability)> Judge(string folded, out IReadOnlyList<string> signs)
    {
        var features = _features.Of(folded, out var found);
        signs = [.. found.Select(s => _signs.Names[s])];
        if (features.Length == 0)
            return [(None, 1)];
        var chance = Softmax(Score(features));
        return [.. _kinds.Select((kind, k) => (kind, chance[k]))];
    }

    private void Learn((AlarmFeatures.Feature[] Features, int Kind)[] samples)
    {
        if (samples.Length == 0) return;
        var count = samples.CountBy(s => s.Kind).ToDictionary();
        // Kinds with few lines count for more, though for less than "none", of which there are thousands.
        var weight = count.ToDictionary(c => c.Key, c => MathF.Pow((float)samples.Length / (_kinds.Length * c.Value), Fairness));
        var squares = new float[_weights.Length];
        for (var round = 0; round < Rounds; round++)
        {
            // A stride visits every line once a round, in another order than the file's, where equal kinds stand together.
            var stride = Stride(samples.Length, round);
            for (var n = 0; n < samples.Length; n++)
            {
                var (features, kind) = samples[(int)((long)n * stride % samples.Length)];
                Step(features, kind, weight[kind], squares);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(AlarmFeatures.Feature[] features, int kind, float weight, float[] squares)
    {
        var chance = Softmax(Score(features));
        if (chance[kind] > KnownWell)
            return;
        var errors = new float[_kinds.Length];
        for (var k = 0; k < errors.Length; k++)
            errors[k] = (float)(chance[k] - (k == kind ? 1 : 0)) * weight;
        // The weights of one feature lie side by side.
        foreach (var feature in features)
        {
            var mine = _weights.AsSpan(feature.Bucket * errors.Length, errors.Length);
            var square = squares.AsSpan(feature.Bucket * errors.Length, errors.Length);
            for (var k = 0; k < errors.Length; k++)
            {
                var slope = (errors[k] * feature.Value) + (Decay * mine[k]);
                square[k] += slope * slope;
                mine[k] -= Rate * slope / (MathF.Sqrt(square[k]) + 1e-2f);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] Score(AlarmFeatures.Feature[] features)
    {
        var scores = new double[_kinds.Length];
        foreach (var feature in features)
        {
            var weights = _weights.AsSpan(feature.Bucket * scores.Length, scores.Length);
            for (var k = 0; k < scores.Length; k++)
                scores[k] += weights[k] * feature.Value;
        }

        return scores;
    }

    private static double[] Softmax(double[] scores)
    {
        var most = scores.Max();
        var sum = 0.0;
        for (var k = 0; k < scores.Length; k++)
            sum += scores[k] = Math.Exp(scores[k] - most);
        for (var k = 0; k < scores.Length; k++)
            scores[k] /= sum;
        return scores;
    }

    private static int Stride(int count, int round)
    {
        var stride = (count / 2) + 1 + (round * 7);
        while (count > 1 && GreatestCommon(stride, count) != 1)
            stride++;
        return stride;
    }

    private static int GreatestCommon(int a, int b) => b == 0 ? a : GreatestCommon(b, a % b);
}
