// The official SDK as its README shows it: middleware checks the signature, each event is answered, then 200. No session.
import express from 'express';
import { messagingApi, middleware } from '@line/bot-sdk';
import { listen, path, quickReply, settings, words } from './settings.mjs';

const client = new messagingApi.MessagingApiClient({ channelAccessToken: settings.token, baseURL: settings.line });

/** @param {{ replyToken?: string }} event */
const answer = event => event.replyToken
  ? client.replyMessage({ replyToken: event.replyToken, messages: [{ type: 'text', text: words, quickReply }] })
  : null;

const app = express();
app.post(path, middleware({ channelSecret: settings.secret }), (request, response) => {
  Promise.all(request.body.events.map(answer)).then(() => response.sendStatus(200), fault => {
    console.error(fault);
    response.sendStatus(500);
  });
});
listen(app);
