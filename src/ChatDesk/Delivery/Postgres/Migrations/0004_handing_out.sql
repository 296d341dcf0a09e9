-- Whoever takes work looks only at what nobody holds. With held rows in the same index every claim went past all of them, and past each of their dead versions.
DROP INDEX work_due;
CREATE INDEX work_free ON work (due_at) WHERE holder IS NULL;
CREATE INDEX work_held ON work (conversation_id) WHERE holder IS NOT NULL;

-- A few hundred rows that change thousands of times a second: room for new versions beside the old ones, and no waiting until a fifth of a big table is dead.
ALTER TABLE work SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
