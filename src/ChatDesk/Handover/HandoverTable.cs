namespace ChatDesk.Handover;

/// <summary>The handover's states and steps.</summary>
internal static class HandoverTable;
