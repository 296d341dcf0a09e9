-- SQLite has no row-level security: here the filter of every query is the only wall (DeskContext). The number is taken on both.
SELECT 1;
