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

CREATE TABLE "decisions" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"case_id" uuid,
	"rule_set_id" text,
	"rule_set_version" text,
	"rule_set_hash" text,
	"as_of" date NOT NULL,
	"decided_at" timestamp(3) with time zone NOT NULL,
	"decided_by" uuid,
	"needs_human_review" boolean NOT NULL,
	"canonical_text" text NOT NULL,
	"content_hash" text NOT NULL,
	CONSTRAINT "decisions_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "decisions_kind_known" CHECK ("decisions"."kind" in ('risk', 'eligibility', 'safeguarding', 'attendance', 'completion')),
	CONSTRAINT "decisions_rule_set_whole" CHECK (num_nulls("decisions"."rule_set_id", "decisions"."rule_set_version", "decisions"."rule_set_hash") in (0, 3)),
	CONSTRAINT "decisions_without_rules_reviewed" CHECK ("decisions"."rule_set_id" is not null or "decisions"."needs_human_review")
);

CREATE TABLE "rule_set_versions" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rule_set_id" text NOT NULL,
	"version" text NOT NULL,
	"title" text NOT NULL,
	"effective_from" date NOT NULL,
	"document_text" text NOT NULL,
	"resolved_text" text NOT NULL,
	"hash" text NOT NULL,
	"published_at" timestamp(3) with time zone NOT NULL,
	"published_by" uuid,
	CONSTRAINT "rule_set_versions_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "rule_set_versions_version" UNIQUE("provider_id","rule_set_id","version"),
	CONSTRAINT "rule_set_versions_from" UNIQUE("provider_id","rule_set_id","effective_from"),
	CONSTRAINT "rule_set_versions_hash_form" CHECK ("rule_set_versions"."hash" ~ '^[0-9a-f]{64}$')
);

CREATE TABLE "tasks" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"case_id" uuid,
	"owner_id" uuid NOT NULL,
	"owner_side" text NOT NULL,
	"side" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"runs_from" timestamp(3) with time zone NOT NULL,
	"due_at" timestamp(3) with time zone NOT NULL,
	"due_is_provisional" boolean NOT NULL,
	"decision_id" uuid,
	"opened_at" timestamp(3) with time zone NOT NULL,
	"opened_by" uuid,
	"closed_at" timestamp(3) with time zone,
	"closed_by" uuid,
	"record" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "tasks_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "tasks_kind_known" CHECK ("tasks"."kind" in ('triage-referral', 'call-back-safely', 'check-duplicate', 'open-questions', 'decide-eligibility', 'decide-suitability', 'obtain-consent', 'assess-risk', 'human-review', 'verify-answer', 'review-risk', 'confirm-lower-band', 'safeguarding', 'review-refusal', 'tell-partner-service', 'tell-referrer', 'contact-after-absence', 'review-attendance', 'confirm-removal', 'follow-up')),
	CONSTRAINT "tasks_side_known" CHECK ("tasks"."side" in ('participant', 'partner', 'neutral')),
	CONSTRAINT "tasks_status_known" CHECK ("tasks"."status" in ('open', 'done', 'cancelled')),
	CONSTRAINT "tasks_owner_on_side" CHECK ("tasks"."side" = 'neutral' or "tasks"."owner_side" in ("tasks"."side", 'neutral')),
	CONSTRAINT "tasks_closed_with_record" CHECK (("tasks"."status" = 'open') = ("tasks"."closed_at" is null) and ("tasks"."status" = 'open' or "tasks"."record" <> ''))
);

ALTER TABLE "agencies" ADD CONSTRAINT "agencies_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "areas_served" ADD CONSTRAINT "areas_served_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "partner_service_arrangements" ADD CONSTRAINT "partner_service_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "partner_service_arrangements" ADD CONSTRAINT "partner_service_recorded_by" FOREIGN KEY ("provider_id","recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "staff" ADD CONSTRAINT "staff_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "staff" ADD CONSTRAINT "staff_agency" FOREIGN KEY ("provider_id","agency_id") REFERENCES "public"."agencies"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_staff" FOREIGN KEY ("provider_id","staff_id","staff_side") REFERENCES "public"."staff"("provider_id","id","side") ON DELETE no action ON UPDATE no action;
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_rule_set" FOREIGN KEY ("provider_id","rule_set_id","rule_set_version") REFERENCES "public"."rule_set_versions"("provider_id","rule_set_id","version") ON DELETE no action ON UPDATE no action;
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_decided_by" FOREIGN KEY ("provider_id","decided_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rule_set_versions" ADD CONSTRAINT "rule_set_versions_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rule_set_versions" ADD CONSTRAINT "rule_set_versions_published_by" FOREIGN KEY ("provider_id","published_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_owner" FOREIGN KEY ("provider_id","owner_id","owner_side") REFERENCES "public"."staff"("provider_id","id","side") ON DELETE no action ON UPDATE no action;
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_opened_by" FOREIGN KEY ("provider_id","opened_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_closed_by" FOREIGN KEY ("provider_id","closed_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_decision" FOREIGN KEY ("provider_id","decision_id") REFERENCES "public"."decisions"("provider_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("provider_id","created_at");
CREATE INDEX "audit_entries_subject" ON "audit_entries" USING btree ("provider_id","subject_type","subject_id","number");
CREATE INDEX "partner_service_in_force" ON "partner_service_arrangements" USING btree ("provider_id","from_on");
CREATE INDEX "staff_sign_in" ON "staff" USING btree ("issuer","subject");
CREATE INDEX "decisions_subject" ON "decisions" USING btree ("provider_id","subject_id","kind","decided_at","id");
CREATE INDEX "decisions_case" ON "decisions" USING btree ("provider_id","case_id","decided_at");
CREATE INDEX "tasks_mine" ON "tasks" USING btree ("provider_id","owner_id","status","due_at","id");
CREATE INDEX "tasks_due" ON "tasks" USING btree ("provider_id","side","status","due_at","id");
CREATE INDEX "tasks_subject" ON "tasks" USING btree ("provider_id","subject_id","kind");
CREATE INDEX "tasks_case" ON "tasks" USING btree ("provider_id","case_id","due_at");

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
select plumbline_protect('decisions');
select plumbline_protect('rule_set_versions');
select plumbline_protect('tasks');
