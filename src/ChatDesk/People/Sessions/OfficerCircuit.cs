using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ChatDesk.People.Sessions;

/// <summary>Lets nothing that a browser sends into a circuit whose session has ended: a click, a key, a call from a script.</summary>
internal sealed class OfficerCircuit(AuthenticationStateProvider state) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async activity =>
    {
        if (OfficerIdentity.From((await state.GetAuthenticationStateAsync()).User) is null) return;
        await next(activity);
    };
}
