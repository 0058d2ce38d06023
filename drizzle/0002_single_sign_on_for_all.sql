CREATE TABLE "domains" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"challenge" text NOT NULL,
	"verified_at" timestamp (3) with time zone,
	"checked_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"absent_since" timestamp (3) with time zone,
	"problem" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "domains_organization_name_unique" UNIQUE("organization_id","name"),
	CONSTRAINT "domains_name_lower" CHECK ("domains"."name" = lower("domains"."name"))
);
--> statement-breakpoint
CREATE TABLE "oidc_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"connection_id" text COLLATE "C" NOT NULL,
	"browser_binding_hash" text NOT NULL,
	"nonce" text NOT NULL,
	"code_verifier" text NOT NULL,
	"return_path" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"consumed_at" timestamp (3) with time zone,
	"test_id" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "oidc_connections" (
	"connection_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"issuer" text NOT NULL,
	"okta_domain" text,
	"client_id" text NOT NULL,
	"sealed_client_secret" text NOT NULL,
	"attribute_mapping" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"code_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "recovery_codes_code_unique" UNIQUE("code_hash")
);
--> statement-breakpoint
CREATE TABLE "sso_enforcements" (
	"organization_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"enforced_by_user_id" text COLLATE "C",
	"enforced_by_credential_id" text COLLATE "C",
	"enforced_at" timestamp (3) with time zone NOT NULL,
	"trial_ends_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "sso_connections" DROP CONSTRAINT "sso_connections_protocol_known";--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "session_idle_minutes" integer;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "session_lifetime_minutes" integer;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "recovery_organization_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "idle_minutes" integer DEFAULT 1440 NOT NULL;--> statement-breakpoint
ALTER TABLE "domains" ADD CONSTRAINT "domains_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oidc_requests" ADD CONSTRAINT "oidc_requests_connection_id_sso_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."sso_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oidc_connections" ADD CONSTRAINT "oidc_connections_connection_id_sso_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."sso_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_enforcements" ADD CONSTRAINT "sso_enforcements_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_enforcements" ADD CONSTRAINT "sso_enforcements_enforced_by_user_id_users_id_fk" FOREIGN KEY ("enforced_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "domains_verified_name_unique" ON "domains" USING btree ("name") WHERE verified_at is not null;--> statement-breakpoint
CREATE INDEX "domains_due_index" ON "domains" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "oidc_requests_expires_index" ON "oidc_requests" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "recovery_codes_organization_index" ON "recovery_codes" USING btree ("organization_id","user_id");--> statement-breakpoint
CREATE INDEX "recovery_codes_used_index" ON "recovery_codes" USING btree ("organization_id","used_at");--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_recovery_organization_id_organizations_id_fk" FOREIGN KEY ("recovery_organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_connections" ADD CONSTRAINT "sso_connections_protocol_known" CHECK ("sso_connections"."protocol" in ('SAML', 'OKTA', 'OIDC'));