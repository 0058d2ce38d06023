CREATE TABLE "roles" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"permissions" text[] NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "roles_organization_key_unique" UNIQUE("organization_id","key"),
	CONSTRAINT "roles_key_custom" CHECK ("roles"."key" not in ('owner', 'admin', 'member'))
);
--> statement-breakpoint
ALTER TABLE "access_tokens" DROP CONSTRAINT "access_tokens_role_known";--> statement-breakpoint
ALTER TABLE "invitations" DROP CONSTRAINT "invitations_role_known";--> statement-breakpoint
ALTER TABLE "memberships" DROP CONSTRAINT "memberships_role_known";--> statement-breakpoint
ALTER TABLE "memberships" DROP CONSTRAINT "memberships_role_source_known";--> statement-breakpoint
ALTER TABLE "access_tokens" ADD COLUMN "custom_role_key" text GENERATED ALWAYS AS (case when role in ('owner', 'admin', 'member') then null else role end) STORED;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "custom_role_key" text GENERATED ALWAYS AS (case when role in ('owner', 'admin', 'member') then null else role end) STORED;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "custom_role_key" text GENERATED ALWAYS AS (case when role in ('owner', 'admin', 'member') then null else role end) STORED;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "role_pinned" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "role_expires_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "memberships" SET "role_pinned" = false WHERE "role_source" = 'JUST_IN_TIME';--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_custom_role_fk" FOREIGN KEY ("organization_id","custom_role_key") REFERENCES "public"."roles"("organization_id","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_custom_role_fk" FOREIGN KEY ("organization_id","custom_role_key") REFERENCES "public"."roles"("organization_id","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_custom_role_fk" FOREIGN KEY ("organization_id","custom_role_key") REFERENCES "public"."roles"("organization_id","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "memberships_role_expires_index" ON "memberships" USING btree ("role_expires_at") WHERE "memberships"."role_expires_at" is not null;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_role_source_known" CHECK ("memberships"."role_source" in ('SETUP', 'MANUAL', 'INVITATION', 'JUST_IN_TIME', 'MAPPING', 'EXPIRY'));