// Starts the live page. WebSocket only and without negotiation: then any replica may answer (no sticky sessions).
// When the circuit is lost for good the page loads again; what was typed is kept by the page's own modules.

const announce = (state) => document.dispatchEvent(new CustomEvent("desk:line", { detail: state }));

// @ts-ignore: Blazor is defined by _framework/blazor.web.js.
const blazor = globalThis.Blazor;

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function reconnect() {
  for (let attempt = 0; ; attempt++) {
    try {
      if (await blazor.reconnect()) return;
      location.reload(); // The server no longer knows this circuit.
      return;
    } catch {
      await wait(Math.min(500 * 2 ** attempt, 5000));
    }
  }
}

await blazor.start({
  circuit: {
    configureSignalR: (builder) => builder.withUrl("_blazor", { skipNegotiation: true, transport: 1 }),
    reconnectionHandler: {
      onConnectionDown: () => { announce("down"); reconnect(); },
      onConnectionUp: () => announce("up"),
    },
  },
});
announce("up");
