CREATE TABLE "idempotency_keys" (
	"provider_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"operation" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"result_id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_provider_id_actor_id_operation_key_pk" PRIMARY KEY("provider_id","actor_id","operation","key")
);

CREATE TABLE "audit_entries" (
	"provider_id" uuid NOT NULL,
	"number" bigint NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"allowed_by" text NOT NULL,
	"fields" text[] NOT NULL,
	"previous_mac" text NOT NULL,
	"mac" text NOT NULL,
	CONSTRAINT "audit_entries_provider_id_number_pk" PRIMARY KEY("provider_id","number")
);

CREATE TABLE "audit_heads" (
	"provider_id" uuid NOT NULL,
	"number" bigint NOT NULL,
	"mac" text NOT NULL,
	CONSTRAINT "audit_heads_provider_id_pk" PRIMARY KEY("provider_id")
);

CREATE TABLE "agencies" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "agencies_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "agencies_name" UNIQUE("provider_id","name"),
	CONSTRAINT "agencies_kind_known" CHECK ("agencies"."kind" in ('social-services', 'family-court', 'police', 'probation', 'health', 'housing', 'commissioner', 'other'))
);

CREATE TABLE "areas_served" (
	"provider_id" uuid NOT NULL,
	"local_authority" text NOT NULL,
	CONSTRAINT "areas_served_provider_id_local_authority_pk" PRIMARY KEY("provider_id","local_authority")
);

CREATE TABLE "partner_service_arrangements" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"service_name" text,
	"exception_reason" text,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date,
	CONSTRAINT "partner_service_arrangements_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "partner_service_one_of" CHECK (("partner_service_arrangements"."service_name" is null) <> ("partner_service_arrangements"."exception_reason" is null)),
	CONSTRAINT "partner_service_exception_ends" CHECK ("partner_service_arrangements"."exception_reason" is null or "partner_service_arrangements"."until_on" is not null)
);

CREATE TABLE "providers" (
	"provider_id" uuid NOT NULL,
	"name" text NOT NULL,
	"rule_set_id" text NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "providers_provider_id_pk" PRIMARY KEY("provider_id")
);

CREATE TABLE "staff" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"side" text NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"agency_id" uuid,
	"ended_at" timestamp(3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "staff_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "staff_side" UNIQUE("provider_id","id","side"),
	CONSTRAINT "staff_identity" UNIQUE("provider_id","issuer","subject"),
	CONSTRAINT "staff_side_known" CHECK ("staff"."side" in ('participant', 'partner', 'neutral'))
);

CREATE TABLE "staff_roles" (
	"provider_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"staff_side" text NOT NULL,
	"role" text NOT NULL,
	"granted_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "staff_roles_provider_id_staff_id_role_pk" PRIMARY KEY("provider_id","staff_id","role"),
	CONSTRAINT "staff_roles_one_side" CHECK (("staff_roles"."staff_side" = 'participant' and "staff_roles"."role" in ('referrer', 'social-worker', 'intake-worker', 'facilitator', 'one-to-one-worker', 'programme-manager'))
        or ("staff_roles"."staff_side" = 'partner' and "staff_roles"."role" in ('partner-support-worker'))
        or ("staff_roles"."staff_side" = 'neutral' and "staff_roles"."role" in ('safeguarding-lead', 'rules-author', 'commissioner', 'auditor'))
        or "staff_roles"."role" in ('rules-author', 'commissioner', 'auditor'))
);

ALTER TABLE "agencies" ADD CONSTRAINT "agencies_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "areas_served" ADD CONSTRAINT "areas_served_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "partner_service_arrangements" ADD CONSTRAINT "partner_service_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "partner_service_arrangements" ADD CONSTRAINT "partner_service_recorded_by" FOREIGN KEY ("provider_id","recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "staff" ADD CONSTRAINT "staff_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "staff" ADD CONSTRAINT "staff_agency" FOREIGN KEY ("provider_id","agency_id") REFERENCES "public"."agencies"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_staff" FOREIGN KEY ("provider_id","staff_id","staff_side") REFERENCES "public"."staff"("provider_id","id","side") ON DELETE no action ON UPDATE no action;
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("provider_id","created_at");
CREATE INDEX "audit_entries_subject" ON "audit_entries" USING btree ("provider_id","subject_type","subject_id","number");
CREATE INDEX "partner_service_in_force" ON "partner_service_arrangements" USING btree ("provider_id","from_on");
CREATE INDEX "staff_sign_in" ON "staff" USING btree ("issuer","subject");

-- Row-level security, forced, on every table; the application's role gets what it needs and no more.
select plumbline_protect('idempotency_keys');
select plumbline_protect('audit_entries');
select plumbline_protect('audit_heads');
select plumbline_protect('agencies');
select plumbline_protect('areas_served');
select plumbline_protect('partner_service_arrangements');
select plumbline_protect('providers');
select plumbline_protect('staff');
select plumbline_protect('staff_roles');
