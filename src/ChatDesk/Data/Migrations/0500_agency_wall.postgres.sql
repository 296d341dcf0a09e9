-- A second wall between agencies, behind the filter that every query of the desk has: a transaction that says for which agency it works
-- (chatdesk.agency) sees and writes no row of another one, whatever its statement forgets. One that says nothing works for all (clocks, sign-in, backup).
-- A table that comes later with a column agency brings its own policy; AgencyWallTests finds one that does not.
DO $$
DECLARE
    own text;
BEGIN
    FOREACH own IN ARRAY ARRAY['cases', 'case_events', 'promises', 'case_views', 'surveys', 'attached_files', 'officers', 'officer_sessions', 'officer_invites', 'audit',
                               'return_codes', 'return_addresses'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', own);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', own);
        EXECUTE format('CREATE POLICY own_agency ON %I USING (coalesce(nullif(current_setting(''chatdesk.agency'', true), ''''), agency) = agency)', own);
    END LOOP;
END $$;
