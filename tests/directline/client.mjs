// One conversation of the real botframework-directlinejs with a desk. Usage:
//   node client.mjs <node|jsdom> <websocket|polling> <desk's address> <page's origin> <token>
// Prints one JSON object of what the client saw, for DirectLineJsTests to judge; nothing is judged here but patience.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const [host, transport, desk, origin, token] = process.argv.slice(2);
const webSocket = transport === 'websocket';
const require = createRequire(import.meta.url);
const sockets = [];

if (host === 'jsdom') {
  const { JSDOM } = require('jsdom');
  const { window } = new JSDOM('<!doctype html>', { url: origin });
  // A file's bytes must be of the page's own world, as in a browser.
  for (const name of ['XMLHttpRequest', 'WebSocket', 'FormData', 'Blob']) globalThis[name] = window[name];
  globalThis.window = window;
} else {
  globalThis.XMLHttpRequest = require('xhr2');
  globalThis.WebSocket = require('ws');
  globalThis.window = globalThis;
}
const Socket = globalThis.WebSocket;
globalThis.WebSocket = class extends Socket {
  constructor(...args) {
    super(...args);
    sockets.push(this);
  }
};

const { DirectLine, ConnectionStatus } = require('botframework-directlinejs');
const activities = [], statuses = [], posted = [];
const client = new DirectLine({ token, domain: `${desk}/v3/directline`, webSocket, pollingInterval: 200 });
client.connectionStatus$.subscribe(status => statuses.push(ConnectionStatus[status]));
client.activity$.subscribe(activity => activities.push(activity), error => fail(`activity$: ${error}`));

function fail(why) {
  console.log(JSON.stringify({ failed: why, statuses, posted, activities }));
  process.exit(1);
}

async function until(what, holds, seconds = 25) {
  for (const end = performance.now() + seconds * 1000; !holds();) {
    if (performance.now() > end) fail(`waited in vain for ${what}`);
    await new Promise(go => setTimeout(go, 20));
  }
}

function post(activity) {
  const clientActivityID = `c${posted.length}`;
  return new Promise(done => client
    .postActivity({ type: 'message', from: { id: 'chosen-by-the-page' }, channelData: { clientActivityID, keep: { deep: [1, 'ก'] } }, ...activity })
    .subscribe(id => { posted.push({ id, clientActivityID }); done(id); }, error => fail(`post: ${error?.status ?? error}`)));
}

const answered = id => () => activities.some(a => a.replyToId === id);

await until('the greeting', () => activities.some(a => a.suggestedActions));
await post({ text: 'อยากเปิดร้านกาแฟ', attachments: [] }).then(id => until('an answer', answered(id)));

// What webchat does when a suggested action is tapped.
const action = activities.findLast(a => a.suggestedActions).suggestedActions.actions[0];
const tapped = action.type === 'messageBack'
  ? { text: action.text, value: action.value, channelData: { clientActivityID: 'tap', messageBack: { displayText: action.displayText } } }
  : { text: action.value };
await post(tapped).then(id => until('an answer to the tap', answered(id)));

let upload = null;
if (host === 'jsdom') {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const files = createServer((_, answer) => answer.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*', 'access-control-allow-headers': 'x-requested-with' }).end(png));
  await new Promise(ready => files.listen(0, '127.0.0.1', ready));
  const contentUrl = `http://127.0.0.1:${files.address().port}/shop.png`;
  const id = await post({ text: 'รูปหน้าร้าน', attachments: [{ contentType: 'image/png', contentUrl, name: 'shop.png' }] });
  await until('the upload', () => activities.some(a => a.id === id));
  const kept = activities.find(a => a.id === id).attachments[0];
  upload = { name: kept.name, contentType: kept.contentType, same: Buffer.from(await (await fetch(kept.contentUrl)).arrayBuffer()).equals(png) };
  files.close();
}

if (webSocket) {
  const before = sockets.length;
  sockets.at(-1).close();
  const id = await post({ text: 'ตอนสายหลุด' });
  await until('the client to reconnect by itself', () => sockets.length > before, 40);
  await until('what was said meanwhile', () => activities.some(a => a.id === id), 40);
  await post({ text: 'หลังต่อใหม่' }).then(next => until('life after the reconnection', answered(next)));
}
client.end();

console.log(JSON.stringify({
  statuses, posted, upload, sockets: sockets.length,
  activities: activities.map(a => ({ id: a.id, from: a.from, text: a.text, channelData: a.channelData, replyToId: a.replyToId, actions: a.suggestedActions?.actions.length })),
}));
process.exit(0);
