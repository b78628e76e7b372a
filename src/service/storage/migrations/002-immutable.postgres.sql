CREATE FUNCTION transfers_never_change () RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN RAISE EXCEPTION 'transfers never change' USING ERRCODE = 'restrict_violation'; END $body$;
CREATE TRIGGER transfers_immutable BEFORE UPDATE OR DELETE ON transfers
FOR EACH ROW EXECUTE FUNCTION transfers_never_change ();
