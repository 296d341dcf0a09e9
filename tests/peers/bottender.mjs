// Bottender with its LINE connector. Sessions are in memory, or in Redis when REDIS_URL is set; nothing is durable before its 200.
import express from 'express';
import bottender from 'bottender';
import { listen, path, quickReply, settings, words } from './settings.mjs';

const { LineBot, MemorySessionStore, RedisSessionStore } = bottender;

/** As many sessions as any run has people: the default keeps 500. */
const sessions = 2_000_000;

const minutesInAYear = 365 * 24 * 60;
const bot = new LineBot({
  accessToken: settings.token,
  channelSecret: settings.secret,
  origin: settings.line,
  sessionStore: settings.redis ? new RedisSessionStore(settings.redis, minutesInAYear) : new MemorySessionStore(sessions, minutesInAYear),
});
bot.setInitialState({ turns: 0 });
bot.onEvent(async context => {
  context.setState({ turns: context.state.turns + 1, last: context.event.text });
  await context.replyText(words, { quickReply });
});

const handle = bot.createRequestHandler();
const app = express();
app.use(express.json({ verify: (request, _, raw) => { request.rawBody = raw.toString(); } }));
app.post(path, async (request, response) => {
  const { method, headers, rawBody, body, query, params } = request;
  const { shouldNext, response: refusal } = await bot.connector.preprocess({ method, headers, query, rawBody, body, params });
  if (!shouldNext) return response.status(refusal.status).send(refusal.body);
  await handle(body, { method, headers, query, params, path });
  response.sendStatus(200);
});
listen(app);
