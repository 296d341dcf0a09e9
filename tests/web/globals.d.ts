/** Put before widget.js by the desk: the words of its button, by agency and language. */
declare const chatdeskWords: Record<string, Record<string, { open: string; close: string; title: string }>>;
