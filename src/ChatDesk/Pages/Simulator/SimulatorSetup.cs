namespace ChatDesk.Pages.Simulator;

/// <summary>Adds and maps the simulated LINE, where there is one.</summary>
internal static class SimulatorSetup
{
    /// <summary>Added before everything that calls LINE: services start in this order.</summary>
    public static void AddSimulator(this IServiceCollection services, SimulatedLine? line)
    {
        if (line is null) return;
        services.AddSingleton(_ => line).AddHostedService(provider => provider.GetRequiredService<SimulatedLine>()).AddSingleton<SimulatorPage>();
    }

    public static void MapSimulator(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<SimulatorPage>() is not { } page) return;
        // Anybody at this machine may play: the page is there only where no real contact writes.
        routes.MapGet("/simulator", (RequestDelegate)page.ShowAsync).AllowAnonymous();
        routes.MapGet("/simulator/{agency}", (RequestDelegate)page.ShowAsync).AllowAnonymous();
        routes.MapGet("/simulator/{agency}/wire", (RequestDelegate)page.StreamAsync).AllowAnonymous();
        routes.MapPost("/simulator/{agency}/act", (RequestDelegate)page.ActAsync).AllowAnonymous();
    }
}
