namespace ChatDesk.Delivery;

/// <summary>The way into a channel for somebody who is elsewhere.</summary>
/// <param name="Label">The channel's name as people know it.</param>
/// <param name="Link">Opens it with the words ready to send; begins with <c>/</c> when it lies on this desk; null when they must be typed.</param>
internal sealed record Invitation(string Label, string? Link);
