using System.Collections.Frozen;

namespace ChatDesk.Knowledge.Text;

/// <summary>Words by which a sentence asks. Grammar, not content, so no list that editors keep.</summary>
internal static class AskingWords
{
    private static readonly FrozenSet<string> s_words = FrozenSet.ToFrozenSet(
    [
        "อะไร", "ใด", "ใคร", "ไหน", "กี่", "เท่า", "ไร", "ไหร่", "เท่าไร", "เท่าไหร่", "เมื่อ", "เมื่อไร", "เมื่อไหร่", "เมื่อใด", "อย่าง", "อย่างไร",
        "ยังไง", "ไง", "ทำไม", "ไหม", "มั้ย", "หรือเปล่า", "คือ", "เป็น", "บ้าง", "ว่า",
        "what", "who", "whom", "whose", "where", "when", "which", "how", "why", "is", "are", "was", "were", "do", "does", "did", "can", "could", "should",
    ]);

    /// <param name="token">A folded word as the word breaker gives it.</param>
    public static bool Contains(string token) => s_words.Contains(token);
}
