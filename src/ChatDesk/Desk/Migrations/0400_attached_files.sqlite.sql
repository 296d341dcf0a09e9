-- Files that officers put beside a draft. Those with no send are erased after a day. Times are milliseconds since 1970 (UTC).
CREATE TABLE attached_files (
    path          TEXT    PRIMARY KEY,
    agency        TEXT    NOT NULL,
    at            INTEGER NOT NULL,
    sends         INTEGER NOT NULL,
    erasing_until INTEGER
);
CREATE INDEX attached_files_waiting ON attached_files (at) WHERE sends = 0;
