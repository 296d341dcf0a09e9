-- What could not be brought to the contact, found by its line of the transcript. Rows that ended well are not in it.
CREATE INDEX outbox_failed ON outbox (transcript_id) WHERE state > 1;
