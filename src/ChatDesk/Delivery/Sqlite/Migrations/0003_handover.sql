-- The officers' queue. It lies in the ledger's file because a turn's effects and the queue move in one transaction; the
-- Handover room alone reads and writes it. Rows are kept whole as JSON; columns beside it serve keys and searches.

-- One row a handover; at most one open in a conversation. version is the compare-and-set.
CREATE TABLE handovers (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    agency          TEXT    NOT NULL,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    open            INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    state           TEXT    NOT NULL,        -- HandoverState
    asked_at        INTEGER NOT NULL,
    closed_at       INTEGER,
    body            BLOB    NOT NULL         -- HandoverRow
);
CREATE UNIQUE INDEX handovers_open   ON handovers (conversation_id) WHERE open = 1;
CREATE INDEX        handovers_of     ON handovers (conversation_id, id);
CREATE INDEX        handovers_closed ON handovers (agency, closed_at) WHERE open = 0;

-- Officers on duty; those who signed off have no row.
CREATE TABLE officer_presence (
    agency  TEXT NOT NULL,
    officer TEXT NOT NULL,
    body    BLOB NOT NULL,                   -- PresenceRow
    PRIMARY KEY (agency, officer)
) WITHOUT ROWID;

-- Lines that are no messages: notes between officers, and what happened.
CREATE TABLE desk_lines (
    id              INTEGER PRIMARY KEY,
    agency          TEXT    NOT NULL,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    at              INTEGER NOT NULL,
    key             TEXT    NOT NULL,
    body            BLOB    NOT NULL         -- LedgerLine
);
CREATE UNIQUE INDEX desk_lines_once            ON desk_lines (agency, key);
CREATE INDEX        desk_lines_by_conversation ON desk_lines (conversation_id, at, id);

-- Everything the desk's pages show, change by change; seq has no gaps within an agency.
CREATE TABLE desk_events (
    agency TEXT    NOT NULL,
    seq    INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    body   BLOB    NOT NULL,                 -- DeskEvent
    PRIMARY KEY (agency, seq)
);

CREATE TABLE desk_referrals (
    handover INTEGER PRIMARY KEY,
    agency   TEXT    NOT NULL,               -- to whom
    body     BLOB    NOT NULL
);

-- Whether the bot speaks; no row means it does.
CREATE TABLE bot_switches (
    agency TEXT NOT NULL PRIMARY KEY,
    body   BLOB NOT NULL
) WITHOUT ROWID;

-- What the desk knows of a person beyond what they wrote.
CREATE TABLE contacts (
    conversation_id INTEGER PRIMARY KEY REFERENCES conversations (id),
    agency          TEXT    NOT NULL,
    name            TEXT,
    tags            TEXT    NOT NULL DEFAULT '[]'
);
CREATE INDEX contacts_by_agency ON contacts (agency);
