-- Cases. Times are milliseconds since 1970 (UTC). Agency stands first in every key.

-- What the events of a case add up to (CaseProjection); kept for lists and look-ups.
CREATE TABLE cases (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    agency          TEXT    NOT NULL,
    key             TEXT    NOT NULL,        -- what opened it: once
    number          TEXT    NOT NULL,
    code            TEXT    NOT NULL,
    kind            TEXT    NOT NULL,        -- CaseKind
    topic           TEXT,
    state           TEXT    NOT NULL,        -- CaseState
    before_question TEXT,
    summary         TEXT    NOT NULL,
    what            TEXT,
    place           TEXT,
    latitude        REAL,
    longitude       REAL,
    day             TEXT,
    wish            TEXT,
    contact         TEXT,
    anonymous       INTEGER NOT NULL,
    protected       INTEGER NOT NULL,
    files           TEXT    NOT NULL,
    fields          TEXT    NOT NULL,
    channel         TEXT,
    address         TEXT,
    language        TEXT    NOT NULL,
    source          TEXT    NOT NULL,
    urgency         TEXT    NOT NULL,        -- CaseUrgency
    urgency_why     TEXT,
    sentiment       REAL,
    unit            TEXT,
    officer         TEXT,
    officer_name    TEXT,
    question        TEXT,
    outcome         TEXT,
    opened_at       INTEGER NOT NULL,
    changed_at      INTEGER NOT NULL,
    decided_at      INTEGER,
    contest_until   INTEGER,
    reopened        INTEGER NOT NULL,
    merged_into     INTEGER,
    events          INTEGER NOT NULL,
    clocks          TEXT,
    look_due        INTEGER,
    answer_due      INTEGER,
    progress_due    INTEGER,
    search          TEXT    NOT NULL
);
CREATE UNIQUE INDEX cases_once       ON cases (agency, key);
CREATE INDEX        cases_by_number  ON cases (agency, number);
CREATE INDEX        cases_by_state   ON cases (agency, state, opened_at);
CREATE INDEX        cases_by_person  ON cases (agency, channel, address);

-- Everything that was done to a case, for ever.
CREATE TABLE case_events (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    agency      TEXT    NOT NULL,
    case_id     INTEGER NOT NULL REFERENCES cases (id),
    number      INTEGER NOT NULL,            -- 1, 2, 3 ... in each case
    deed        TEXT    NOT NULL,            -- CaseDeed
    "by"        TEXT    NOT NULL,            -- CaseParty
    author      TEXT,
    author_name TEXT,
    at          INTEGER NOT NULL,
    detail      TEXT    NOT NULL,            -- CaseDetail as JSON
    key         TEXT,                        -- what brought it about, where that can come twice
    told        INTEGER NOT NULL,            -- TellState
    told_at     INTEGER
);
CREATE UNIQUE INDEX case_events_in_order ON case_events (case_id, number);
CREATE UNIQUE INDEX case_events_once     ON case_events (agency, key) WHERE key IS NOT NULL;
CREATE INDEX        case_events_to_tell  ON case_events (id) WHERE told = 1;

-- What an event says is never changed, except to erase a person's words when the law asks for it.
CREATE TRIGGER case_events_stay BEFORE UPDATE ON case_events
WHEN old.case_id <> new.case_id OR old.number <> new.number OR old.deed <> new.deed OR old."by" <> new."by" OR old.at <> new.at
  OR (old.detail <> new.detail AND new.detail ->> '$.erased' IS NOT 1)
BEGIN SELECT raise(ABORT, 'case events are never changed'); END;

-- How far a reader has come in what it reads.
CREATE TABLE case_positions (
    name     TEXT    PRIMARY KEY,
    position INTEGER NOT NULL
);

-- Effects of the ledger that could not be carried out, with their reason; a person must look.
CREATE TABLE case_faults (
    effect INTEGER PRIMARY KEY,
    kind   TEXT    NOT NULL,
    reason TEXT    NOT NULL,
    at     INTEGER NOT NULL
);
