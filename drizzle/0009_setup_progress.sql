CREATE TABLE "sso_setup_progress" (
	"connection_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"guide" text NOT NULL,
	"done_steps" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sso_setup_progress" ADD CONSTRAINT "sso_setup_progress_connection_id_sso_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."sso_connections"("id") ON DELETE cascade ON UPDATE no action;