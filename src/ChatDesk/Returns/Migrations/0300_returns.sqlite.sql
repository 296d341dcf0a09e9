-- The way back: where else the answers of a conversation go. Times are milliseconds since 1970 (UTC).

-- One-time codes that are still to be said, or were said lately. Only their hash is kept.
CREATE TABLE return_codes (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    agency       TEXT    NOT NULL,
    hash         TEXT    NOT NULL,
    from_channel TEXT    NOT NULL,        -- the conversation whose answers are to go elsewhere
    from_address TEXT    NOT NULL,
    to_channel   TEXT    NOT NULL,
    to_address   TEXT,                    -- where the code was sent; null: wherever it is said
    label        TEXT    NOT NULL,
    tries        INTEGER NOT NULL,
    made_at      INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    used_by      TEXT                     -- the activity that said it: once
);
CREATE UNIQUE INDEX return_codes_once    ON return_codes (agency, hash);
CREATE INDEX        return_codes_by_from ON return_codes (agency, from_channel, from_address);

CREATE TABLE return_addresses (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    agency       TEXT    NOT NULL,
    from_channel TEXT    NOT NULL,
    from_address TEXT    NOT NULL,
    to_channel   TEXT    NOT NULL,
    to_address   TEXT    NOT NULL,
    label        TEXT    NOT NULL,        -- as the contact reads it; an e-mail address with its middle hidden
    since        INTEGER NOT NULL,
    stopped_at   INTEGER
);
CREATE UNIQUE INDEX return_addresses_once  ON return_addresses (agency, from_channel, from_address, to_channel, to_address);
CREATE INDEX        return_addresses_by_to ON return_addresses (agency, to_channel, to_address);

-- How far the ledger's effects were read.
CREATE TABLE return_positions (
    name     TEXT PRIMARY KEY,
    position INTEGER NOT NULL
);
