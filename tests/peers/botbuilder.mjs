// Bot Framework: a waterfall dialog over memory storage, behind an adapter of ours for LINE (the framework has none for Node).
import crypto from 'node:crypto';
import http from 'node:http';
import express from 'express';
import { BotAdapter, ConversationState, MemoryStorage, TurnContext } from 'botbuilder';
import { DialogSet, DialogTurnStatus, TextPrompt, WaterfallDialog } from 'botbuilder-dialogs';
import { listen, path, quickReply, settings, words } from './settings.mjs';

const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
const replyUrl = new URL('/v2/bot/message/reply', settings.line);

class LineAdapter extends BotAdapter {
  async sendActivities(context, activities) {
    const messages = activities.filter(activity => activity.type === 'message').map(activity => ({ type: 'text', text: activity.text, quickReply }));
    if (messages.length > 0) await post({ replyToken: context.activity.replyToken, messages });
    return activities.map(() => ({ id: crypto.randomUUID() }));
  }

  async updateActivity() {}

  async deleteActivity() {}

  /** @param {any} event */
  process(event) {
    const context = new TurnContext(this, {
      type: 'message',
      id: event.webhookEventId,
      channelId: 'line',
      text: event.message?.text,
      from: { id: event.source.userId },
      recipient: { id: 'bot' },
      conversation: { id: event.source.userId },
      replyToken: event.replyToken,
    });
    return this.runMiddleware(context, answer);
  }
}

/** @param {object} body */
function post(body) {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(JSON.stringify(body));
    const request = http.request(replyUrl, {
      agent,
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Length': bytes.length, Authorization: `Bearer ${settings.token}` },
    }, response => {
      response.resume();
      response.on('end', () => response.statusCode === 200 ? resolve(undefined) : reject(new Error(`LINE answered ${response.statusCode}`)));
    });
    request.on('error', reject);
    request.end(bytes);
  });
}

const state = new ConversationState(new MemoryStorage());
const dialogs = new DialogSet(state.createProperty('dialogs'));
dialogs.add(new TextPrompt('ask'));
dialogs.add(new WaterfallDialog('main', [
  step => step.prompt('ask', words),
  step => step.replaceDialog('main'),
]));

/** @param {TurnContext} context */
async function answer(context) {
  const dialog = await dialogs.createContext(context);
  const result = await dialog.continueDialog();
  if (result.status === DialogTurnStatus.empty) await dialog.beginDialog('main');
  await state.saveChanges(context);
}

/** @param {Buffer} body @param {string | undefined} given */
function signed(body, given) {
  const right = crypto.createHmac('sha256', settings.secret).update(body).digest();
  const said = Buffer.from(given ?? '', 'base64');
  return said.length === right.length && crypto.timingSafeEqual(said, right);
}

const adapter = new LineAdapter();
adapter.onTurnError = async (_, fault) => console.error(fault);
const app = express();
app.post(path, express.raw({ type: '*/*' }), async (request, response) => {
  if (!signed(request.body, request.get('x-line-signature'))) return response.sendStatus(401);
  await Promise.all(JSON.parse(request.body).events.map(event => adapter.process(event)));
  response.sendStatus(200);
});
listen(app);
