CREATE TABLE officers (
    id                   TEXT PRIMARY KEY,
    agency               TEXT NOT NULL,
    user_name            TEXT NOT NULL,
    normalized_user_name TEXT NOT NULL UNIQUE,
    display_name         TEXT NOT NULL,
    role                 TEXT NOT NULL CHECK (role IN ('Officer', 'Supervisor', 'Editor', 'Administrator')),
    units                TEXT NOT NULL DEFAULT '',
    languages            TEXT NOT NULL DEFAULT 'th',
    language             TEXT NOT NULL DEFAULT 'th',
    capacity             INTEGER NOT NULL DEFAULT 5,
    disabled             BOOLEAN NOT NULL DEFAULT FALSE,
    is_demo              BOOLEAN NOT NULL DEFAULT FALSE,
    password_hash        TEXT,
    security_stamp       TEXT NOT NULL,
    concurrency_stamp    TEXT NOT NULL,
    two_factor_enabled   BOOLEAN NOT NULL DEFAULT FALSE,
    totp_key             TEXT,
    totp_step            BIGINT NOT NULL DEFAULT 0,
    recovery_codes       TEXT NOT NULL DEFAULT '',
    created_at           BIGINT NOT NULL
);
CREATE INDEX officers_of_agency ON officers (agency, display_name);

CREATE TABLE officer_sessions (
    id         TEXT PRIMARY KEY,
    agency     TEXT NOT NULL,
    officer_id TEXT NOT NULL REFERENCES officers (id) ON DELETE CASCADE,
    stamp      TEXT NOT NULL,
    proof      TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL,
    address    TEXT NOT NULL,
    browser    TEXT NOT NULL
);
CREATE INDEX officer_sessions_of_officer ON officer_sessions (officer_id);
CREATE INDEX officer_sessions_by_end ON officer_sessions (ends_at);

-- One-time links: the first administrator, an officer's first password, a forgotten password.
CREATE TABLE officer_invites (
    token_hash TEXT PRIMARY KEY,
    agency     TEXT NOT NULL,
    officer_id TEXT REFERENCES officers (id) ON DELETE CASCADE,
    ends_at    BIGINT NOT NULL
);

-- Who did what. Each row's hash covers the hash before it: a change, a hole or a swap shows (audit verify).
CREATE TABLE audit (
    agency        TEXT NOT NULL,
    number        BIGINT NOT NULL,
    at            BIGINT NOT NULL,
    officer_id    TEXT NOT NULL,
    officer_name  TEXT NOT NULL,
    action        TEXT NOT NULL,
    subject       TEXT NOT NULL,
    data          TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash          TEXT NOT NULL,
    PRIMARY KEY (agency, number)
);
CREATE INDEX audit_by_time ON audit (agency, at);
CREATE INDEX audit_by_officer ON audit (agency, officer_id, at);
CREATE INDEX audit_by_subject ON audit (agency, subject, at);
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_keeps_rows BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
