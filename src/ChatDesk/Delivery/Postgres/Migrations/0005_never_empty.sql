-- The server plans by what the last vacuum counted. At a quiet hour it counts nothing here, and then reading the whole table looks cheaper than one look by key; that plan stayed
-- through the next rush, until the next vacuum, and each claim cost a thousand times what it should. These rows are never due and belong to no conversation; they only keep the
-- table's size in the planner's eye.
INSERT INTO work (conversation_id, due_at) SELECT -n, 9223372036854775807 FROM generate_series(1, 10000) AS n;
ANALYZE work;
