#!/bin/sh
# Run once by the postgres image, on an empty volume. The desk's role is not the superuser: row-level security, which keeps agencies apart, does not bind one.
set -e
psql -v ON_ERROR_STOP=1 --no-psqlrc --username "${POSTGRES_USER:-postgres}" --dbname postgres --set password="$(cat "$POSTGRES_PASSWORD_FILE")" <<'SQL'
CREATE ROLE chatdesk LOGIN PASSWORD :'password';
CREATE DATABASE chatdesk OWNER chatdesk;
SQL
