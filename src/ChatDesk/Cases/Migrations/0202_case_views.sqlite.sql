-- Filters of the case list that officers keep under a name.
CREATE TABLE case_views (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    agency  TEXT NOT NULL,
    officer TEXT,
    name    TEXT NOT NULL,
    filter  TEXT NOT NULL
);
CREATE INDEX case_views_of ON case_views (agency, officer, name);
