/** What every peer is told by `LinePlatform peers`, by environment. */
export const settings = {
  port: Number(process.env.PORT),
  line: (process.env.LINE_URL ?? '').replace(/\/$/, ''),
  secret: process.env.LINE_SECRET ?? '',
  token: process.env.LINE_TOKEN ?? '',
  redis: process.env.REDIS_URL ?? '',
};

/** The path ChatDesk has, so that one set of prepared requests serves all. */
export const path = '/line/demo/webhook';

/** The answer every peer gives: a text and two buttons, as ChatDesk's to the word for its menu. */
export const words = 'สวัสดีค่ะ มีอะไรให้ช่วยคะ พิมพ์คำถามได้เลย หรือเลือกจากปุ่มด้านล่าง';

export const quickReply = {
  items: ['ใบอนุญาต', 'เจ้าหน้าที่'].map(label => ({ type: 'action', action: { type: 'message', label, text: label } })),
};

/**
 * Starts a peer. Node closes a line that was idle for five seconds, which a busy sender would take for a fault: as behind any proxy, it waits longer.
 * @param {import('express').Express} app
 */
export function listen(app) {
  app.listen(settings.port, '127.0.0.1').keepAliveTimeout = 75_000;
}
