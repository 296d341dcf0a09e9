namespace ChatDesk.Desk.Console;

/// <summary>Marks a page with a live part: its document brings the framework's script and starts a circuit.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LivePageAttribute : Attribute;
