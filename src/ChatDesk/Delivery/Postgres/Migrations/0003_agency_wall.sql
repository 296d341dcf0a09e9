-- A second wall between agencies: a transaction that says for which agency it works (chatdesk.agency; what officers read does) sees and writes no row of
-- another one, whatever its statement forgets. One that says nothing works for all, as handing out conversations must. Rows of a conversation without
-- an agency of their own (transcript, outbox, files, timers) are reached through the conversation's.
DO $$
DECLARE
    own text;
BEGIN
    FOREACH own IN ARRAY ARRAY['conversations', 'inbox', 'channel_facts', 'handovers', 'officer_presence', 'officer_seen', 'desk_heads', 'desk_lines', 'desk_events', 'desk_referrals', 'bot_switches', 'contacts'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', own);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', own);
        EXECUTE format('CREATE POLICY own_agency ON %I USING (coalesce(nullif(current_setting(''chatdesk.agency'', true), ''''), agency) = agency)', own);
    END LOOP;
END $$;
