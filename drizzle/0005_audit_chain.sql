CREATE TABLE "audit_chains" (
	"organization_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"last_sequence" bigint NOT NULL,
	"last_hash" text NOT NULL,
	"last_id" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_chains" ADD CONSTRAINT "audit_chains_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "sequence" bigint;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "previous_hash" text;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "hash" text;--> statement-breakpoint
-- By hand, to the end: events that are there already are chained too, in the order of their ids. The text that is
-- hashed is that of canonicalJson() in server/src/audit/audit-chain.ts.
CREATE FUNCTION pg_temp.canonical_json(value jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	CASE jsonb_typeof(value)
		WHEN 'object' THEN RETURN '{' || coalesce((
			SELECT string_agg(to_jsonb(m.key)::text || ':' || pg_temp.canonical_json(m.value), ',' ORDER BY m.key COLLATE "C")
			FROM jsonb_each(value) m), '') || '}';
		WHEN 'array' THEN RETURN '[' || coalesce((
			SELECT string_agg(pg_temp.canonical_json(e.value), ',' ORDER BY e.place)
			FROM jsonb_array_elements(value) WITH ORDINALITY e(value, place)), '') || ']';
		ELSE RETURN value::text;
	END CASE;
END $$;
--> statement-breakpoint
DO $$
DECLARE
	event record;
	head audit_chains;
	facts jsonb;
BEGIN
	FOR event IN SELECT * FROM audit_events ORDER BY organization_id, id LOOP
		IF head.organization_id IS DISTINCT FROM event.organization_id THEN
			IF head.organization_id IS NOT NULL THEN
				INSERT INTO audit_chains SELECT head.*;
			END IF;
			head := ROW(event.organization_id, 0, NULL, NULL);
		END IF;
		facts := jsonb_build_object(
			'id', event.id, 'organizationId', event.organization_id,
			'at', to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
			'type', event.type, 'actor', event.actor, 'actorId', event.actor_id, 'summary', event.summary,
			'details', event.details, 'requestId', event.request_id, 'ipAddress', event.ip_address,
			'sequence', head.last_sequence + 1, 'previousHash', head.last_hash);
		UPDATE audit_events SET
			sequence = head.last_sequence + 1,
			previous_hash = head.last_hash,
			hash = encode(sha256(convert_to(pg_temp.canonical_json(facts), 'UTF8')), 'hex')
			WHERE id = event.id RETURNING hash INTO head.last_hash;
		head.last_sequence := head.last_sequence + 1;
		head.last_id := event.id;
	END LOOP;
	IF head.organization_id IS NOT NULL THEN
		INSERT INTO audit_chains SELECT head.*;
	END IF;
END $$;
--> statement-breakpoint
DROP FUNCTION pg_temp.canonical_json(jsonb);--> statement-breakpoint
ALTER TABLE "audit_events" ALTER COLUMN "sequence" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_events" ALTER COLUMN "hash" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_organization_sequence_unique" UNIQUE("organization_id","sequence");
