CREATE FUNCTION claim_events_never_change () RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN RAISE EXCEPTION 'claim events never change' USING ERRCODE = 'restrict_violation'; END $body$;
CREATE TRIGGER claim_events_immutable BEFORE UPDATE OR DELETE ON claim_events
FOR EACH ROW EXECUTE FUNCTION claim_events_never_change ();
