-- What contacts were promised: a person answers by this time. Times are milliseconds since 1970 (UTC).
CREATE TABLE promises (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    agency      TEXT    NOT NULL,
    key         TEXT    NOT NULL,
    case_id     INTEGER REFERENCES cases (id),
    channel     TEXT,
    address     TEXT,
    topic       TEXT    NOT NULL,
    rule        TEXT,
    made_at     INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    calendar    TEXT    NOT NULL,            -- the version it was reckoned with
    state       TEXT    NOT NULL,            -- PromiseState
    queued_at   INTEGER,                     -- when it became work: the first opening after it was made
    settled_at  INTEGER,
    answered_at INTEGER,
    reason      TEXT
);
CREATE UNIQUE INDEX promises_once      ON promises (agency, key);
CREATE INDEX        promises_unqueued  ON promises (agency, made_at) WHERE queued_at IS NULL;
CREATE INDEX        promises_waiting   ON promises (agency, made_at, id) WHERE answered_at IS NULL;
CREATE INDEX        promises_by_case   ON promises (case_id) WHERE answered_at IS NULL;
CREATE INDEX        promises_by_person ON promises (agency, channel, address) WHERE answered_at IS NULL;
