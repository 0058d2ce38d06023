CREATE TABLE "setup_links" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"connection_id" text COLLATE "C" NOT NULL,
	"secret_hash" text NOT NULL,
	"created_by_user_id" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "setup_links_connection_unique" UNIQUE("connection_id"),
	CONSTRAINT "setup_links_secret_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "sso_setup_progress" (
	"connection_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"guide" text NOT NULL,
	"done_steps" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "setup_links" ADD CONSTRAINT "setup_links_connection_id_sso_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."sso_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "setup_links" ADD CONSTRAINT "setup_links_created_by_user_id_users_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_setup_progress" ADD CONSTRAINT "sso_setup_progress_connection_id_sso_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."sso_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "setup_links_expires_index" ON "setup_links" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sso_tests_connection_index" ON "sso_tests" USING btree ("connection_id","id");