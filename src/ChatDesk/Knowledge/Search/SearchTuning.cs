namespace ChatDesk.Knowledge.Search;

/// <summary>The numbers of the search. The fusion and field weights are those measured in docs/knowledge.md.</summary>
internal sealed record SearchTuning
{
    /// <summary>Shares of words, character runs and skeleton runs in the fused score; together 1.</summary>
    public float Words { get; init; } = .25f;

    public float Grams { get; init; } = .35f;

    public float Skeleton { get; init; } = .40f;

    /// <summary>
    /// How the variants count. They bend late: a word that most variants share says more of what the article is for
    /// than one that a single variant holds. A body repeats words for style, so it bends soon.
    /// </summary>
    public FieldTuning Variants { get; init; } = new(2f, 2.5f);

    public FieldTuning Title { get; init; } = new(1f, 1.2f);

    public FieldTuning Body { get; init; } = new(.5f, .6f);

    /// <summary>The share of a question, by rarity, that one variant alone must hold before that counts for itself; 1 for never.</summary>
    public float OneVariantFrom { get; init; } = .6f;

    /// <summary>BM25's b: how much a long field is held against an article.</summary>
    public float LengthPenalty { get; init; } = .75f;

    /// <summary>What a term would get that fills every field.</summary>
    public float Highest => Variants.Weight + Title.Weight + Body.Weight;

    /// <summary>Runs found in a larger share of the articles are not stored: they cost most and tell least. Only from <see cref="CutFrom"/> articles on.</summary>
    public float LargestShare { get; init; } = .2f;

    public int CutFrom { get; init; } = 2000;

    /// <summary>The classifier's share where an article has enough variants.</summary>
    public float Classifier { get; init; } = .5f;

    /// <summary>Above this many articles there is no classifier: teaching it would cost a reload minutes. Agencies have hundreds.</summary>
    public int ClassifyUpTo { get; init; } = 3000;

    /// <summary>Fewer variants than this teach a classifier nothing.</summary>
    public int VariantsToClassify { get; init; } = 3;
}

/// <summary>How one field counts: a term found <c>n</c> times gets <c>Weight * n / (n + Bend)</c>, n measured against the field's length.</summary>
internal readonly record struct FieldTuning(float Weight, float Bend);
