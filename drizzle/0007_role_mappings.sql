CREATE TABLE "role_mappings" (
	"connection_id" text COLLATE "C" NOT NULL,
	"position" integer NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"attribute" text NOT NULL,
	"value" text NOT NULL,
	"label" text,
	"role" text NOT NULL,
	"custom_role_key" text GENERATED ALWAYS AS (case when role in ('admin', 'member') then null else role end) STORED,
	CONSTRAINT "role_mappings_pk" PRIMARY KEY("connection_id","position"),
	CONSTRAINT "role_mappings_no_owner" CHECK ("role_mappings"."role" <> 'owner')
);
--> statement-breakpoint
ALTER TABLE "sso_pending_links" ADD COLUMN "attributes" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "role_mappings" ADD CONSTRAINT "role_mappings_connection_id_sso_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."sso_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_mappings" ADD CONSTRAINT "role_mappings_custom_role_fk" FOREIGN KEY ("organization_id","custom_role_key") REFERENCES "public"."roles"("organization_id","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "role_mappings_role_index" ON "role_mappings" USING btree ("organization_id","role");