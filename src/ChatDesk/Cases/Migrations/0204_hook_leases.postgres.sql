-- Which replica is telling an address at the moment, and until when at the longest (milliseconds since 1970).
CREATE TABLE case_hook_leases (
    name   TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until  BIGINT NOT NULL
);
