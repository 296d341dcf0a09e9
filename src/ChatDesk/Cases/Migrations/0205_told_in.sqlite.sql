-- Where the contact hears of a case that another agency of the desk took over: the conversation that it came from.
ALTER TABLE cases ADD COLUMN told_agency  TEXT;
ALTER TABLE cases ADD COLUMN told_channel TEXT;
ALTER TABLE cases ADD COLUMN told_address TEXT;
CREATE INDEX cases_told ON cases (told_agency, told_channel, told_address) WHERE told_agency IS NOT NULL;
