-- The ledger. Times are milliseconds since 1970 (UTC). Agency stands first in every key.

-- One row a conversation. turn is the fence: a commit must find the number it was claimed with.
CREATE TABLE conversations (
    id         INTEGER PRIMARY KEY,
    agency     TEXT    NOT NULL,
    channel    TEXT    NOT NULL,
    address    TEXT    NOT NULL,
    turn       INTEGER NOT NULL DEFAULT 0,
    reachable  INTEGER NOT NULL DEFAULT 1,   -- 0: the contact left, nothing may be pushed
    created_at INTEGER NOT NULL,
    snapshot   BLOB                          -- session state as of that turn
);
CREATE UNIQUE INDEX conversations_by_key ON conversations (agency, channel, address);

-- One row an event, written before the provider gets its 200; id is the order of arrival.
-- The row also becomes the record of the turn that handled it.
CREATE TABLE inbox (
    id              INTEGER PRIMARY KEY,
    agency          TEXT    NOT NULL,
    channel         TEXT    NOT NULL,
    event_id        TEXT    NOT NULL,
    identity        INTEGER NOT NULL,        -- see InboundActivity.Identity
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    happened_at     INTEGER NOT NULL,
    received_at     INTEGER NOT NULL,
    state           INTEGER NOT NULL,        -- InboxState
    attempts        INTEGER NOT NULL DEFAULT 0,
    turn            INTEGER,
    outcome         TEXT,
    evidence        TEXT,                    -- query, candidates and scores, as JSON
    reason          TEXT,                    -- why it was quarantined
    activity        BLOB,                    -- InboundActivity as JSON; NULL once withdrawn
    raw             BLOB                     -- the event as received; NULL once withdrawn
);
CREATE UNIQUE INDEX inbox_once    ON inbox (agency, channel, event_id, identity);
CREATE INDEX        inbox_pending ON inbox (conversation_id, happened_at, id) WHERE state = 0;
CREATE INDEX        inbox_faulty  ON inbox (agency, id) WHERE state = 2;

-- What was said, in the order people read it: by time of the event, then as written. Everything is kept once: the body of
-- an inbound line is the inbox row's activity, the outbox sends the body of its outbound line.
CREATE TABLE transcript (
    id              INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    at              INTEGER NOT NULL,
    turn            INTEGER NOT NULL,
    outgoing        INTEGER NOT NULL,
    activity_id     TEXT    NOT NULL,        -- inbound: event id; outbound: outbox id
    message_id      TEXT,
    inbox_id        INTEGER,                 -- inbound: whose activity is the body
    body            BLOB                     -- outbound: activities as JSON
);
CREATE INDEX transcript_by_conversation ON transcript (conversation_id, at, id);

-- What must still reach the contact, and how it ended. One row a turn that says something.
CREATE TABLE outbox (
    id              INTEGER PRIMARY KEY,
    outbox_id       TEXT    NOT NULL,        -- {activityId}:{n}
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    turn            INTEGER NOT NULL,
    state           INTEGER NOT NULL DEFAULT 0,  -- OutboxState
    created_at      INTEGER NOT NULL,
    next_at         INTEGER NOT NULL,        -- not to be tried before
    attempts        INTEGER NOT NULL DEFAULT 0,
    parts_done      INTEGER NOT NULL DEFAULT 0,
    reply_trace     INTEGER NOT NULL DEFAULT 0,        -- ReplyTrace as last written; see SqliteReads for what it means after a crash
    reply_handle    TEXT,
    reply_handle_at INTEGER,
    settled_at      INTEGER,
    reason          TEXT,
    provider_id     TEXT,
    counted         INTEGER NOT NULL DEFAULT 0,
    transcript_id   INTEGER NOT NULL REFERENCES transcript (id)   -- whose body is what must arrive
);
CREATE INDEX outbox_unsettled ON outbox (conversation_id, id, next_at) WHERE state = 0;

-- At most one timer of a kind in a conversation; when due it becomes an inbox row.
CREATE TABLE timers (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,  -- never reused: it makes the event's id
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    kind            TEXT    NOT NULL,
    due_at          INTEGER NOT NULL,
    data            TEXT
);
CREATE UNIQUE INDEX timers_by_kind ON timers (conversation_id, kind);
CREATE INDEX        timers_due     ON timers (due_at);

-- What turns asked other rooms to do, until those rooms have tables of their own.
CREATE TABLE effects (
    id              INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    turn            INTEGER NOT NULL,
    kind            TEXT    NOT NULL,
    data            TEXT,
    created_at      INTEGER NOT NULL
);
CREATE INDEX effects_by_kind ON effects (kind, id);

-- Files that contacts sent, fetched by a worker of the channel.
CREATE TABLE files (
    id              INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    message_id      TEXT    NOT NULL,
    state           INTEGER NOT NULL DEFAULT 0,  -- FileState
    next_at         INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    path            TEXT,
    content_type    TEXT,
    size            INTEGER,
    reason          TEXT
);
CREATE UNIQUE INDEX files_by_message ON files (conversation_id, message_id);
CREATE INDEX        files_wanted     ON files (next_at) WHERE state = 0;

-- Messages taken back; also consulted when the message itself arrives late.
CREATE TABLE withdrawn (
    conversation_id INTEGER NOT NULL,
    message_id      TEXT    NOT NULL,
    PRIMARY KEY (conversation_id, message_id)
) WITHOUT ROWID;

-- Last known facts about a channel (suspended, quota …).
CREATE TABLE channel_facts (
    agency  TEXT NOT NULL,
    channel TEXT NOT NULL,
    name    TEXT NOT NULL,
    value   TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (agency, channel, name)
) WITHOUT ROWID;
