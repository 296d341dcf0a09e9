-- What contacts said of the service: at most once for a case, and once in some days for a chat.
CREATE TABLE surveys (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    agency   TEXT    NOT NULL,
    key      TEXT    NOT NULL,        -- the turn's effect
    case_id  INTEGER REFERENCES cases (id),
    channel  TEXT    NOT NULL,
    address  TEXT    NOT NULL,
    person   INTEGER NOT NULL,        -- a person, not only the bot, had a part in it
    rating   INTEGER NOT NULL,        -- 1 to 5
    solved   INTEGER,
    comment  TEXT,
    at       INTEGER NOT NULL
);
CREATE UNIQUE INDEX surveys_once      ON surveys (agency, key);
CREATE UNIQUE INDEX surveys_of_case   ON surveys (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX        surveys_by_person ON surveys (agency, channel, address, at);
