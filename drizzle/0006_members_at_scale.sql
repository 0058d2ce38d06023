-- Words are found anywhere in an address or a name. An extension that the owner of a database may make.
CREATE EXTENSION IF NOT EXISTS "pg_trgm";--> statement-breakpoint
CREATE TABLE "membership_counts" (
	"organization_id" text COLLATE "C" NOT NULL,
	"role" text NOT NULL,
	"change" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "membership_counts_index" ON "membership_counts" USING btree ("organization_id","role");--> statement-breakpoint
CREATE INDEX "users_email_search_index" ON "users" USING gin ("email" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "users_name_search_index" ON "users" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
-- Who adds to the counts: the database itself, whatever statement changes the memberships. A row each statement.
CREATE FUNCTION "count_memberships"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		INSERT INTO membership_counts (organization_id, role, change)
			SELECT organization_id, role, count(*) FROM changed GROUP BY organization_id, role;
	ELSIF TG_OP = 'DELETE' THEN
		INSERT INTO membership_counts (organization_id, role, change)
			SELECT organization_id, role, -count(*) FROM changed GROUP BY organization_id, role;
	ELSE
		INSERT INTO membership_counts (organization_id, role, change)
			VALUES (OLD.organization_id, OLD.role, -1), (NEW.organization_id, NEW.role, 1);
	END IF;
	RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "memberships_added" AFTER INSERT ON "memberships"
	REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_memberships"();--> statement-breakpoint
CREATE TRIGGER "memberships_removed" AFTER DELETE ON "memberships"
	REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_memberships"();--> statement-breakpoint
CREATE TRIGGER "memberships_changed" AFTER UPDATE OF "organization_id", "role" ON "memberships" FOR EACH ROW
	WHEN (OLD.organization_id <> NEW.organization_id OR OLD.role <> NEW.role) EXECUTE FUNCTION "count_memberships"();--> statement-breakpoint
-- The triggers' lock holds until the migration ends, so nobody comes or goes beside this.
INSERT INTO "membership_counts" ("organization_id", "role", "change")
	SELECT "organization_id", "role", count(*) FROM "memberships" GROUP BY "organization_id", "role";--> statement-breakpoint
-- Written at almost every request. After a crash of PostgreSQL it is empty, and counting begins anew.
ALTER TABLE "rate_limits" SET UNLOGGED;
