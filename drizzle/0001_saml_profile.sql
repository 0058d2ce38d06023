CREATE TABLE "saml_logout_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"connection_id" text COLLATE "C" NOT NULL,
	"browser_binding_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sso_tests" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"connection_id" text COLLATE "C" NOT NULL,
	"secret_hash" text NOT NULL,
	"revision" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sso_tests_secret_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "certificate_warnings" (
	"connection_id" text COLLATE "C" NOT NULL,
	"fingerprint_sha256" text NOT NULL,
	"days_before" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "certificate_warnings_pk" PRIMARY KEY("connection_id","fingerprint_sha256","days_before")
);
--> statement-breakpoint
CREATE TABLE "saml_metadata_refreshes" (
	"connection_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"checked_at" timestamp (3) with time zone,
	"problem" text,
	"staged_certificates" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saml_sp_keys" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"connection_id" text COLLATE "C" NOT NULL,
	"use" text NOT NULL,
	"certificate" text NOT NULL,
	"sealed_private_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "saml_sp_keys_use_known" CHECK ("saml_sp_keys"."use" in ('signing', 'encryption'))
);
--> statement-breakpoint
ALTER TABLE "saml_authn_requests" ADD COLUMN "decryption_tried_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "saml_authn_requests" ADD COLUMN "test_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "saml_subject" jsonb;--> statement-breakpoint
ALTER TABLE "sign_in_attempts" ADD COLUMN "test_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "sign_in_attempts" ADD COLUMN "attributes" jsonb;--> statement-breakpoint
ALTER TABLE "saml_connections" ADD COLUMN "idp_slo_url" text;--> statement-breakpoint
ALTER TABLE "saml_connections" ADD COLUMN "allow_idp_initiated" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "saml_connections" ADD COLUMN "sign_authn_requests" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "saml_connections" ADD COLUMN "force_authn" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "saml_connections" ADD COLUMN "requested_authn_context" text;--> statement-breakpoint
ALTER TABLE "saml_connections" ADD COLUMN "allow_cbc_encryption" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "saml_connections" ADD COLUMN "attribute_mapping" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "saml_logout_requests" ADD CONSTRAINT "saml_logout_requests_connection_id_sso_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."sso_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_tests" ADD CONSTRAINT "sso_tests_connection_id_sso_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."sso_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_warnings" ADD CONSTRAINT "certificate_warnings_connection_id_sso_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."sso_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saml_metadata_refreshes" ADD CONSTRAINT "saml_metadata_refreshes_connection_id_saml_connections_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."saml_connections"("connection_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saml_sp_keys" ADD CONSTRAINT "saml_sp_keys_connection_id_saml_connections_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."saml_connections"("connection_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "saml_logout_requests_expires_index" ON "saml_logout_requests" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sso_tests_expires_index" ON "sso_tests" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "saml_metadata_refreshes_due_index" ON "saml_metadata_refreshes" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "saml_sp_keys_connection_index" ON "saml_sp_keys" USING btree ("connection_id");