CREATE SCHEMA "partner";

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

CREATE TABLE "reference_counters" (
	"provider_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "reference_counters_provider_id_kind_year_pk" PRIMARY KEY("provider_id","kind","year")
);

CREATE TABLE "assessments" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"event_reason" text,
	"assessed_on" date NOT NULL,
	"status" text NOT NULL,
	"rule_set_id" text NOT NULL,
	"rule_set_version" text NOT NULL,
	"rule_set_hash" text NOT NULL,
	"amends_id" uuid,
	"amend_reason" text,
	"started_by" uuid NOT NULL,
	"started_at" timestamp(3) with time zone NOT NULL,
	"signed_by" uuid,
	"signed_at" timestamp(3) with time zone,
	"discard_reason" text,
	"risk_decision_id" uuid,
	"safeguarding_decision_id" uuid,
	"pathway_decision_id" uuid,
	"band_at_least" text,
	"band_at_most" text,
	"band_at_most_number" integer,
	"review_due_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "assessments_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "assessments_kind_known" CHECK ("assessments"."kind" in ('intake', 'mid', 'end', 'follow-up', 'event')),
	CONSTRAINT "assessments_status_known" CHECK ("assessments"."status" in ('draft', 'signed', 'discarded')),
	CONSTRAINT "assessments_event_has_reason" CHECK (("assessments"."kind" = 'event') = ("assessments"."event_reason" is not null)),
	CONSTRAINT "assessments_amended_with_reason" CHECK (("assessments"."amends_id" is null) = ("assessments"."amend_reason" is null)),
	CONSTRAINT "assessments_signed_whole" CHECK (("assessments"."status" = 'signed') = (num_nonnulls("assessments"."signed_by", "assessments"."signed_at", "assessments"."risk_decision_id", "assessments"."safeguarding_decision_id", "assessments"."pathway_decision_id", "assessments"."band_at_least", "assessments"."band_at_most", "assessments"."band_at_most_number", "assessments"."review_due_on") = 9))
);

CREATE TABLE "assessment_answers" (
	"provider_id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"answered_by" uuid NOT NULL,
	"answered_at" timestamp(3) with time zone NOT NULL,
	"factor" text NOT NULL,
	"answer" text NOT NULL,
	"unknown_reason" text,
	"sources" text[] NOT NULL,
	"last_occurred_on" date,
	"note" text,
	CONSTRAINT "assessment_answers_provider_id_assessment_id_factor_revision_pk" PRIMARY KEY("provider_id","assessment_id","factor","revision"),
	CONSTRAINT "assessment_answers_answer_known" CHECK ("assessment_answers"."answer" in ('absent', 'possible', 'present', 'unknown')),
	CONSTRAINT "assessment_answers_unknown_has_reason" CHECK (("assessment_answers"."answer" = 'unknown') = ("assessment_answers"."unknown_reason" is not null)),
	CONSTRAINT "assessment_answers_have_sources" CHECK ("assessment_answers"."answer" not in ('possible', 'present') or cardinality("assessment_answers"."sources") > 0),
	CONSTRAINT "assessment_answers_not_partner_only" CHECK (cardinality("assessment_answers"."sources") = 0 or not ("assessment_answers"."sources" <@ array['partner']::text[])),
	CONSTRAINT "assessment_answers_dated" CHECK ("assessment_answers"."last_occurred_on" is null or "assessment_answers"."answer" in ('possible', 'present'))
);

CREATE TABLE "assessment_judgements" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"from_band" text NOT NULL,
	"to_band" text NOT NULL,
	"reason" text NOT NULL,
	"evidence" text NOT NULL,
	"judged_by" uuid NOT NULL,
	"judged_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "assessment_judgements_provider_id_id_pk" PRIMARY KEY("provider_id","id")
);

CREATE TABLE "assessment_outside_inquiries" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"answer" text NOT NULL,
	"asked_on" date NOT NULL,
	"asked_of" text NOT NULL,
	"unknown_reason" text,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "assessment_outside_inquiries_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "assessment_outside_inquiries_answer_known" CHECK ("assessment_outside_inquiries"."answer" in ('none', 'not-known')),
	CONSTRAINT "assessment_outside_inquiries_asked_of_known" CHECK ("assessment_outside_inquiries"."asked_of" in ('self', 'police', 'court', 'social-services', 'probation', 'health', 'other-agency', 'record', 'observation')),
	CONSTRAINT "assessment_outside_inquiries_unknown_has_reason" CHECK (("assessment_outside_inquiries"."answer" = 'not-known') = ("assessment_outside_inquiries"."unknown_reason" is not null)),
	CONSTRAINT "assessment_outside_inquiries_none_not_on_own_word" CHECK (not ("assessment_outside_inquiries"."answer" = 'none' and "assessment_outside_inquiries"."asked_of" = 'self'))
);

CREATE TABLE "assessment_outside_results" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"tool" text NOT NULL,
	"name" text,
	"tool_version" text NOT NULL,
	"taken_on" date NOT NULL,
	"score_in_hundredths" integer,
	"out_of" integer,
	"band" text,
	"source" text NOT NULL,
	"scoring" text,
	"corrects_id" uuid,
	"correction_reason" text,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "assessment_outside_results_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "assessment_outside_results_case_of" UNIQUE("provider_id","id","case_id"),
	CONSTRAINT "assessment_outside_results_tool_known" CHECK ("assessment_outside_results"."tool" in ('sara', 'sara-v3', 'odara', 'b-safer', 'ppit', 'core-om', 'urica-dv', 'other')),
	CONSTRAINT "assessment_outside_results_source_known" CHECK ("assessment_outside_results"."source" in ('self', 'police', 'court', 'social-services', 'probation', 'health', 'other-agency', 'record', 'observation')),
	CONSTRAINT "assessment_outside_results_other_named" CHECK (("assessment_outside_results"."tool" = 'other') = ("assessment_outside_results"."name" is not null)),
	CONSTRAINT "assessment_outside_results_score_whole" CHECK (num_nulls("assessment_outside_results"."score_in_hundredths", "assessment_outside_results"."out_of") in (0, 2)),
	CONSTRAINT "assessment_outside_results_score_within" CHECK ("assessment_outside_results"."out_of" is null or ("assessment_outside_results"."out_of" > 0 and abs("assessment_outside_results"."score_in_hundredths") <= 100 * "assessment_outside_results"."out_of")),
	CONSTRAINT "assessment_outside_results_say_something" CHECK (num_nonnulls("assessment_outside_results"."score_in_hundredths", "assessment_outside_results"."band", "assessment_outside_results"."scoring") > 0),
	CONSTRAINT "assessment_outside_results_corrected_with_reason" CHECK (("assessment_outside_results"."corrects_id" is null) = ("assessment_outside_results"."correction_reason" is null))
);

CREATE TABLE "assessment_situation" (
	"provider_id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"answered_by" uuid NOT NULL,
	"answered_at" timestamp(3) with time zone NOT NULL,
	"fact" text NOT NULL,
	"answer" text NOT NULL,
	"note" text,
	CONSTRAINT "assessment_situation_provider_id_assessment_id_fact_revision_pk" PRIMARY KEY("provider_id","assessment_id","fact","revision"),
	CONSTRAINT "assessment_situation_answer_known" CHECK ("assessment_situation"."answer" in ('yes', 'no', 'unknown'))
);

CREATE TABLE "attendance_consequences" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"place_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"type" text NOT NULL,
	"session_id" uuid NOT NULL,
	"rules" text[] NOT NULL,
	"tell" text[] NOT NULL,
	"cause" text NOT NULL,
	"decision_id" uuid NOT NULL,
	"task_id" uuid,
	"concern_id" uuid,
	"due_at" timestamp(3) with time zone NOT NULL,
	"raised_by_id" uuid NOT NULL,
	"raised_at" timestamp(3) with time zone NOT NULL,
	"undone_by_id" uuid,
	"undone_at" timestamp(3) with time zone,
	CONSTRAINT "attendance_consequences_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "attendance_consequences_type_known" CHECK ("attendance_consequences"."type" in ('contact', 'review', 'removal-due', 'safeguarding', 'cannot-be-ruled-out', 'cannot-tell', 'needs-human-review')),
	CONSTRAINT "attendance_consequences_undone_whole" CHECK (num_nulls("attendance_consequences"."undone_by_id", "attendance_consequences"."undone_at") in (0, 2))
);

CREATE TABLE "attendance_entries" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"register_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"place_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"outcome" text NOT NULL,
	CONSTRAINT "attendance_entries_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "attendance_entries_number" UNIQUE("provider_id","session_id","place_id","number"),
	CONSTRAINT "attendance_entries_outcome_known" CHECK ("attendance_entries"."outcome" in ('attended', 'late', 'left-early', 'excused', 'absent'))
);

CREATE TABLE "registers" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"correction_reason" text,
	"result_text" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "registers_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "registers_number" UNIQUE("provider_id","session_id","number"),
	CONSTRAINT "registers_corrections_say_why" CHECK (("registers"."number" = 1) = ("registers"."correction_reason" is null))
);

CREATE TABLE "removals" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"consequence_id" uuid NOT NULL,
	"place_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"status" text NOT NULL,
	"proposed_at" timestamp(3) with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp(3) with time zone,
	"reason" text,
	"undone_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "removals_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "removals_consequence_once" UNIQUE("provider_id","consequence_id"),
	CONSTRAINT "removals_status_known" CHECK ("removals"."status" in ('proposed', 'confirmed', 'declined', 'withdrawn', 'undone')),
	CONSTRAINT "removals_decided_whole" CHECK (num_nulls("removals"."decided_by", "removals"."decided_at", "removals"."reason") in (0, 3)),
	CONSTRAINT "removals_decided_by_a_person" CHECK ("removals"."status" not in ('confirmed', 'declined', 'undone') or "removals"."decided_by" is not null),
	CONSTRAINT "removals_undone_with_reason" CHECK (("removals"."status" in ('withdrawn', 'undone')) = ("removals"."undone_reason" is not null))
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

CREATE TABLE "case_assignments" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"staff_side" text NOT NULL,
	"role" text NOT NULL,
	"assigned_by" uuid,
	"assigned_at" timestamp(3) with time zone NOT NULL,
	"ended_at" timestamp(3) with time zone,
	"ended_by" uuid,
	"end_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "case_assignments_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "case_assignments_role_known" CHECK ("case_assignments"."role" in ('intake-worker', 'facilitator', 'one-to-one-worker', 'social-worker', 'referrer')),
	CONSTRAINT "case_assignments_side" CHECK ("case_assignments"."staff_side" in ('participant')),
	CONSTRAINT "case_assignments_ended_whole" CHECK (("case_assignments"."ended_at" is null) = ("case_assignments"."end_reason" is null))
);

CREATE TABLE "case_endings" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"what" text NOT NULL,
	"takes_back_id" uuid,
	"ended_at" timestamp(3) with time zone NOT NULL,
	"ended_by" uuid,
	"acknowledged_at" timestamp(3) with time zone,
	"acknowledged_by" uuid,
	"went_on_at" timestamp(3) with time zone,
	"went_on_by" uuid,
	"went_on_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "case_endings_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "case_endings_what_known" CHECK ("case_endings"."what" in ('refused', 'withdrawn', 'place-ended', 'closed-before-completion', 'taken-back')),
	CONSTRAINT "case_endings_takes_back" CHECK (("case_endings"."what" = 'taken-back') or "case_endings"."takes_back_id" is null),
	CONSTRAINT "case_endings_acknowledged_whole" CHECK (num_nulls("case_endings"."acknowledged_at", "case_endings"."acknowledged_by") in (0, 2)),
	CONSTRAINT "case_endings_went_on_whole" CHECK (num_nulls("case_endings"."went_on_at", "case_endings"."went_on_by", "case_endings"."went_on_reason") in (0, 3) and "case_endings"."went_on_reason" is distinct from '')
);

CREATE TABLE "case_events" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"what" text NOT NULL,
	"summary" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"occurred_at" timestamp(3) with time zone NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "case_events_provider_id_id_pk" PRIMARY KEY("provider_id","id")
);

CREATE TABLE "case_exclusions" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"excluded_by" uuid NOT NULL,
	"excluded_at" timestamp(3) with time zone NOT NULL,
	"ended_at" timestamp(3) with time zone,
	"ended_by" uuid,
	"end_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "case_exclusions_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "case_exclusions_ended_whole" CHECK (num_nulls("case_exclusions"."ended_at", "case_exclusions"."ended_by", "case_exclusions"."end_reason") in (0, 3)),
	CONSTRAINT "case_exclusions_ended_by_another" CHECK ("case_exclusions"."ended_by" <> "case_exclusions"."staff_id")
);

CREATE TABLE "case_status_changes" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"from_status" text,
	"to_status" text NOT NULL,
	"reason" text,
	"changed_by" uuid,
	"changed_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "case_status_changes_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "case_status_changes_known" CHECK ("case_status_changes"."to_status" in ('referred', 'intake', 'deferred', 'accepted', 'in-programme', 'completed', 'closed', 'refused', 'withdrawn'))
);

CREATE TABLE "cases" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"reference" text NOT NULL,
	"participant_id" uuid NOT NULL,
	"status" text NOT NULL,
	"opened_on" date NOT NULL,
	"opened_at" timestamp(3) with time zone NOT NULL,
	"status_changed_at" timestamp(3) with time zone NOT NULL,
	"closed_at" timestamp(3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "cases_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "cases_reference" UNIQUE("provider_id","reference"),
	CONSTRAINT "cases_participant_of" UNIQUE("provider_id","id","participant_id"),
	CONSTRAINT "cases_status_known" CHECK ("cases"."status" in ('referred', 'intake', 'deferred', 'accepted', 'in-programme', 'completed', 'closed', 'refused', 'withdrawn')),
	CONSTRAINT "cases_ended_with_time" CHECK (("cases"."status" in ('closed', 'refused', 'withdrawn')) = ("cases"."closed_at" is not null))
);

CREATE TABLE "consent_texts" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"number" integer NOT NULL,
	"text" text NOT NULL,
	"confidentiality_notice" text NOT NULL,
	"effective_from" date NOT NULL,
	"published_by" uuid NOT NULL,
	"published_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "consent_texts_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "consent_texts_number" UNIQUE("provider_id","kind","number"),
	CONSTRAINT "consent_texts_from" UNIQUE("provider_id","kind","effective_from"),
	CONSTRAINT "consent_texts_kind_known" CHECK ("consent_texts"."kind" in ('programme', 'partner-contact-notice', 'research'))
);

CREATE TABLE "consents" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"consent_text_id" uuid NOT NULL,
	"signed_on" date NOT NULL,
	"witnessed_by" uuid NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	"withdrawn_on" date,
	"withdrawal_note" text,
	"withdrawal_recorded_by" uuid,
	"withdrawal_recorded_at" timestamp(3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "consents_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "consents_withdrawn_whole" CHECK (num_nulls("consents"."withdrawn_on", "consents"."withdrawal_recorded_by", "consents"."withdrawal_recorded_at") in (0, 3)),
	CONSTRAINT "consents_withdrawn_after" CHECK ("consents"."withdrawn_on" is null or "consents"."withdrawn_on" >= "consents"."signed_on")
);

CREATE TABLE "eligibility_decisions" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"reasons_text" text NOT NULL,
	"needs_text" text NOT NULL,
	"route" text,
	"decided_at" timestamp(3) with time zone NOT NULL,
	"decided_by" uuid NOT NULL,
	"superseded_at" timestamp(3) with time zone,
	"ruling" text,
	"ruling_reason" text,
	"ruled_by" uuid,
	"ruled_at" timestamp(3) with time zone,
	"confirmed_reason" text,
	"confirmed_by" uuid,
	"confirmed_at" timestamp(3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "eligibility_decisions_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "eligibility_decisions_outcome_known" CHECK ("eligibility_decisions"."outcome" in ('eligible', 'ineligible', 'needs-information', 'human-review', 'needs-human-review')),
	CONSTRAINT "eligibility_decisions_ruled_whole" CHECK (num_nulls("eligibility_decisions"."ruling", "eligibility_decisions"."ruling_reason", "eligibility_decisions"."ruled_by", "eligibility_decisions"."ruled_at") in (0, 4)),
	CONSTRAINT "eligibility_decisions_confirmed_whole" CHECK (num_nulls("eligibility_decisions"."confirmed_reason", "eligibility_decisions"."confirmed_by", "eligibility_decisions"."confirmed_at") in (0, 3)),
	CONSTRAINT "eligibility_decisions_ruling_where_left" CHECK ("eligibility_decisions"."ruling" is null or "eligibility_decisions"."outcome" in ('human-review', 'needs-human-review'))
);

CREATE TABLE "suitability_decisions" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"category" text NOT NULL,
	"reason" text NOT NULL,
	"staff_safety_risk" text NOT NULL,
	"staff_safety_note" text,
	"programme_explained_on" date,
	"needs" text,
	"motivation" text,
	"review_on" date,
	"decided_by" uuid NOT NULL,
	"decided_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "suitability_decisions_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "suitability_decisions_outcome_known" CHECK ("suitability_decisions"."outcome" in ('accepted', 'refused', 'deferred')),
	CONSTRAINT "suitability_decisions_category_known" CHECK ("suitability_decisions"."category" in ('suitable', 'unwilling-to-engage', 'staff-safety-risk', 'needs-other-service', 'risk-too-high-for-this-programme', 'cannot-follow-the-group', 'not-ready-yet', 'other')),
	CONSTRAINT "suitability_decisions_staff_safety_known" CHECK ("suitability_decisions"."staff_safety_risk" in ('none-known', 'precautions-needed', 'cannot-be-managed')),
	CONSTRAINT "suitability_decisions_category_fits" CHECK (("suitability_decisions"."outcome" = 'accepted') = ("suitability_decisions"."category" = 'suitable')),
	CONSTRAINT "suitability_decisions_deferred_until" CHECK (("suitability_decisions"."outcome" = 'deferred') = ("suitability_decisions"."review_on" is not null))
);

CREATE TABLE "notifications" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"case_id" uuid,
	"recipient_id" uuid NOT NULL,
	"recipient_side" text NOT NULL,
	"side" text NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"once_key" text,
	"patience_amount" integer,
	"patience_unit" text,
	"acknowledge_by" timestamp(3) with time zone,
	"acknowledged_at" timestamp(3) with time zone,
	"ladder_id" uuid NOT NULL,
	"escalated_from_id" uuid,
	"escalated_at" timestamp(3) with time zone,
	"settled_at" timestamp(3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp(3) with time zone NOT NULL,
	"delivered_at" timestamp(3) with time zone,
	"last_fault" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "notifications_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "notifications_kind_known" CHECK ("notifications"."kind" in ('task-overdue', 'ending', 'attendance', 'attendance-undone', 'concern-raised', 'concern-assigned', 'concern-unacknowledged', 'concern-overdue')),
	CONSTRAINT "notifications_side_known" CHECK ("notifications"."side" in ('participant', 'partner', 'neutral')),
	CONSTRAINT "notifications_wall" CHECK ("notifications"."side" <> 'partner' or "notifications"."recipient_side" <> 'participant'),
	CONSTRAINT "notifications_patience" CHECK (num_nulls("notifications"."patience_amount", "notifications"."patience_unit", "notifications"."acknowledge_by") in (0, 3))
);

CREATE TABLE "completions" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"place_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"status" text NOT NULL,
	"decided_at" timestamp(3) with time zone NOT NULL,
	"decided_by" uuid,
	"superseded_at" timestamp(3) with time zone,
	"settled_reason" text,
	"settled_by" uuid,
	"settled_at" timestamp(3) with time zone,
	"undone_reason" text,
	"undone_at" timestamp(3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "completions_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "completions_status_known" CHECK ("completions"."status" in ('proposed', 'not-completed', 'cannot-tell', 'needs-human-review', 'confirmed', 'declined', 'undone')),
	CONSTRAINT "completions_settled_whole" CHECK (num_nulls("completions"."settled_reason", "completions"."settled_by", "completions"."settled_at") in (0, 3)),
	CONSTRAINT "completions_settled_by_somebody" CHECK (("completions"."status" in ('confirmed', 'declined', 'undone')) = ("completions"."settled_at" is not null)),
	CONSTRAINT "completions_undone_whole" CHECK (("completions"."status" = 'undone') = ("completions"."undone_at" is not null and "completions"."undone_reason" is not null))
);

CREATE TABLE "outcome_measures" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"review_id" uuid NOT NULL,
	"measure" text NOT NULL,
	"measure_version" text NOT NULL,
	"source" text NOT NULL,
	"change" text,
	"points" integer,
	"out_of" integer,
	CONSTRAINT "outcome_measures_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "outcome_measures_once" UNIQUE("provider_id","review_id","measure","measure_version","source"),
	CONSTRAINT "outcome_measures_source_known" CHECK ("outcome_measures"."source" in ('self', 'worker', 'police', 'social-services', 'other-agency', 'record')),
	CONSTRAINT "outcome_measures_change_known" CHECK ("outcome_measures"."change" in ('significantly-better', 'no-significant-change', 'significantly-worse')),
	CONSTRAINT "outcome_measures_result_whole" CHECK (num_nulls("outcome_measures"."points", "outcome_measures"."out_of") in (0, 2)),
	CONSTRAINT "outcome_measures_result_within" CHECK ("outcome_measures"."points" is null or ("outcome_measures"."out_of" > 0 and "outcome_measures"."points" between 0 and "outcome_measures"."out_of"))
);

CREATE TABLE "outcome_reviews" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"point" text NOT NULL,
	"taken_on" date NOT NULL,
	"note" text,
	"corrects_id" uuid,
	"correction_reason" text,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "outcome_reviews_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "outcome_reviews_case_of" UNIQUE("provider_id","id","case_id"),
	CONSTRAINT "outcome_reviews_point_known" CHECK ("outcome_reviews"."point" in ('intake', 'mid', 'end', 'six-months', 'twelve-months')),
	CONSTRAINT "outcome_reviews_corrected_with_reason" CHECK (("outcome_reviews"."corrects_id" is null) = ("outcome_reviews"."correction_reason" is null))
);

CREATE TABLE "participant_corrections" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"field" text NOT NULL,
	"before" text,
	"after" text,
	"reason" text NOT NULL,
	"corrected_by" uuid NOT NULL,
	"corrected_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "participant_corrections_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "participant_corrections_field_known" CHECK ("participant_corrections"."field" in ('given-name', 'family-name', 'born-on', 'local-authority')),
	CONSTRAINT "participant_corrections_differ" CHECK ("participant_corrections"."before" is distinct from "participant_corrections"."after"),
	CONSTRAINT "participant_corrections_reason" CHECK ("participant_corrections"."reason" <> '')
);

CREATE TABLE "participants" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"reference" text NOT NULL,
	"given_name" text NOT NULL,
	"family_name" text NOT NULL,
	"born_on" date,
	"local_authority" text,
	"given_key" text NOT NULL,
	"family_key" text NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "participants_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "participants_reference" UNIQUE("provider_id","reference")
);

CREATE TABLE "group_facilitators" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"staff_side" text NOT NULL,
	"joined_at" timestamp(3) with time zone NOT NULL,
	"joined_by" uuid NOT NULL,
	"left_at" timestamp(3) with time zone,
	"left_by" uuid,
	"leave_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "group_facilitators_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "group_facilitators_side" CHECK ("group_facilitators"."staff_side" in ('participant')),
	CONSTRAINT "group_facilitators_left_whole" CHECK (("group_facilitators"."left_at" is null) = ("group_facilitators"."leave_reason" is null))
);

CREATE TABLE "groups" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"reference" text NOT NULL,
	"programme_id" uuid NOT NULL,
	"status" text NOT NULL,
	"first_on" date NOT NULL,
	"begins_at" text NOT NULL,
	"minutes" integer NOT NULL,
	"holidays" text NOT NULL,
	"capacity" integer NOT NULL,
	"venue" text,
	"created_at" timestamp(3) with time zone NOT NULL,
	"created_by" uuid NOT NULL,
	"started_at" timestamp(3) with time zone,
	"started_by" uuid,
	"partner_arrangement_id" uuid,
	"ended_at" timestamp(3) with time zone,
	"ended_by" uuid,
	"end_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "groups_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "groups_reference" UNIQUE("provider_id","reference"),
	CONSTRAINT "groups_status_known" CHECK ("groups"."status" in ('planned', 'running', 'ended', 'cancelled')),
	CONSTRAINT "groups_holidays_known" CHECK ("groups"."holidays" in ('skip', 'hold')),
	CONSTRAINT "groups_begins_at" CHECK ("groups"."begins_at" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
	CONSTRAINT "groups_minutes" CHECK ("groups"."minutes" between 15 and 480),
	CONSTRAINT "groups_capacity" CHECK ("groups"."capacity" between 1 and 100),
	CONSTRAINT "groups_started_with_partner_service" CHECK (num_nulls("groups"."started_at", "groups"."started_by", "groups"."partner_arrangement_id") in (0, 3) and ("groups"."started_at" is not null or "groups"."status" in ('planned', 'cancelled'))),
	CONSTRAINT "groups_ended_with_time" CHECK (("groups"."status" in ('ended', 'cancelled')) = ("groups"."ended_at" is not null))
);

CREATE TABLE "place_changes" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"place_id" uuid NOT NULL,
	"from_status" text,
	"to_status" text NOT NULL,
	"joined_on" date,
	"ended_on" date,
	"ending" text,
	"reason" text,
	"changed_at" timestamp(3) with time zone NOT NULL,
	"changed_by" uuid,
	CONSTRAINT "place_changes_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "place_changes_status_known" CHECK ("place_changes"."to_status" in ('waiting', 'open', 'ended', 'declined', 'withdrawn'))
);

CREATE TABLE "places" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"status" text NOT NULL,
	"priority" integer NOT NULL,
	"waiting_since" timestamp(3) with time zone,
	"joined_on" date,
	"ended_on" date,
	"ending" text,
	"end_reason" text,
	"created_at" timestamp(3) with time zone NOT NULL,
	"created_by" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "places_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "places_group_of" UNIQUE("provider_id","id","group_id"),
	CONSTRAINT "places_case_of" UNIQUE("provider_id","id","case_id"),
	CONSTRAINT "places_status_known" CHECK ("places"."status" in ('waiting', 'open', 'ended', 'declined', 'withdrawn')),
	CONSTRAINT "places_ending_known" CHECK ("places"."ending" in ('completed', 'removed', 'de-selected', 'dropped-out', 'transferred', 'died', 'moved-to-other-group')),
	CONSTRAINT "places_priority_known" CHECK ("places"."priority" in (0, 1, 2)),
	CONSTRAINT "places_waiting_since" CHECK ("places"."status" <> 'waiting' or "places"."waiting_since" is not null),
	CONSTRAINT "places_begun" CHECK ("places"."status" not in ('open', 'ended') or "places"."joined_on" is not null),
	CONSTRAINT "places_ended_whole" CHECK (num_nulls("places"."ended_on", "places"."ending", "places"."end_reason") in (0, 3) and ("places"."status" = 'ended') = ("places"."ending" is not null))
);

CREATE TABLE "programmes" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"template_id" text NOT NULL,
	"template_version" text NOT NULL,
	"title" text NOT NULL,
	"document_text" text NOT NULL,
	"hash" text NOT NULL,
	"published_at" timestamp(3) with time zone NOT NULL,
	"published_by" uuid,
	"retired_at" timestamp(3) with time zone,
	"retired_by" uuid,
	"retire_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "programmes_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "programmes_version_of" UNIQUE("provider_id","template_id","template_version"),
	CONSTRAINT "programmes_hash" CHECK ("programmes"."hash" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "programmes_retired_whole" CHECK (num_nulls("programmes"."retired_at", "programmes"."retired_by", "programmes"."retire_reason") in (0, 3))
);

CREATE TABLE "session_changes" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"from_status" text NOT NULL,
	"to_status" text NOT NULL,
	"from_starts_at" timestamp(3) with time zone NOT NULL,
	"to_starts_at" timestamp(3) with time zone NOT NULL,
	"facilitated_by" uuid[] NOT NULL,
	"reason" text,
	"changed_at" timestamp(3) with time zone NOT NULL,
	"changed_by" uuid,
	CONSTRAINT "session_changes_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "session_changes_status_known" CHECK ("session_changes"."to_status" in ('planned', 'held', 'not-held'))
);

CREATE TABLE "sessions" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"place_id" uuid,
	"number" integer NOT NULL,
	"theme_id" text,
	"one_to_one_reason" text,
	"on_day" date NOT NULL,
	"starts_at" timestamp(3) with time zone NOT NULL,
	"ends_at" timestamp(3) with time zone NOT NULL,
	"day_is_provisional" boolean NOT NULL,
	"status" text NOT NULL,
	"facilitated_by" uuid[] NOT NULL,
	"not_held_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "sessions_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "sessions_group_of" UNIQUE("provider_id","id","group_id"),
	CONSTRAINT "sessions_kind_known" CHECK ("sessions"."kind" in ('group', 'one-to-one')),
	CONSTRAINT "sessions_status_known" CHECK ("sessions"."status" in ('planned', 'held', 'not-held')),
	CONSTRAINT "sessions_reason_known" CHECK ("sessions"."one_to_one_reason" in ('part-of-the-programme', 'language', 'literacy', 'suicide-risk', 'safety-of-others', 'more-support')),
	CONSTRAINT "sessions_number" CHECK ("sessions"."number" > 0),
	CONSTRAINT "sessions_take_time" CHECK ("sessions"."ends_at" > "sessions"."starts_at"),
	CONSTRAINT "sessions_of_a_place" CHECK (("sessions"."kind" = 'one-to-one') = ("sessions"."place_id" is not null) and ("sessions"."kind" = 'one-to-one') = ("sessions"."one_to_one_reason" is not null)),
	CONSTRAINT "sessions_held_by_somebody" CHECK (("sessions"."status" = 'held') = (cardinality("sessions"."facilitated_by") > 0)),
	CONSTRAINT "sessions_not_held_with_reason" CHECK (("sessions"."status" = 'not-held') = ("sessions"."not_held_reason" is not null))
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
	"end_reason" text,
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
        or "staff_roles"."role" in ('rules-author', 'commissioner'))
);

CREATE TABLE "referral_facts" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"referral_id" uuid NOT NULL,
	"fact" text NOT NULL,
	"number" integer NOT NULL,
	"value_text" text NOT NULL,
	"asked_of" text NOT NULL,
	"asked_on" date NOT NULL,
	"correction_reason" text,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "referral_facts_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "referral_facts_number" UNIQUE("provider_id","referral_id","fact","number"),
	CONSTRAINT "referral_facts_asked_of_known" CHECK ("referral_facts"."asked_of" in ('participant', 'referrer', 'social-services', 'police', 'court', 'probation', 'health', 'other-agency', 'record')),
	CONSTRAINT "referral_facts_corrections_say_why" CHECK ("referral_facts"."number" = 1 or "referral_facts"."correction_reason" is not null)
);

CREATE TABLE "referrals" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"source" text NOT NULL,
	"basis" text NOT NULL,
	"agency_id" uuid,
	"referrer_name" text,
	"referrer_id" uuid,
	"purpose" text NOT NULL,
	"feedback_channel" text NOT NULL,
	"feedback_address" text,
	"received_on" date NOT NULL,
	"new_person_reason" text,
	"status" text NOT NULL,
	"status_reason" text,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "referrals_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "referrals_case" UNIQUE("provider_id","case_id"),
	CONSTRAINT "referrals_source_known" CHECK ("referrals"."source" in ('self', 'family-or-friend', 'social-services', 'family-court', 'police', 'probation', 'health', 'housing', 'education', 'voluntary-organisation', 'other-agency')),
	CONSTRAINT "referrals_basis_known" CHECK ("referrals"."basis" in ('voluntary', 'agency-condition', 'child-protection', 'family-court', 'civil-order', 'criminal-court-order')),
	CONSTRAINT "referrals_status_known" CHECK ("referrals"."status" in ('received', 'withdrawn')),
	CONSTRAINT "referrals_feedback_channel_known" CHECK ("referrals"."feedback_channel" in ('email', 'telephone', 'letter', 'meeting', 'none')),
	CONSTRAINT "referrals_feedback_address" CHECK (("referrals"."feedback_channel" = 'none') = ("referrals"."feedback_address" is null))
);

CREATE TABLE "referrer_feedback" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"referral_id" uuid NOT NULL,
	"occasion" text NOT NULL,
	"told" text NOT NULL,
	"channel" text NOT NULL,
	"given_on" date NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "referrer_feedback_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "referrer_feedback_occasion_known" CHECK ("referrer_feedback"."occasion" in ('received', 'offered-a-place', 'no-place', 'withdrawn', 'progress', 'ended')),
	CONSTRAINT "referrer_feedback_channel_known" CHECK ("referrer_feedback"."channel" in ('email', 'telephone', 'letter', 'meeting', 'none'))
);

CREATE TABLE "partner"."safe_call_backs" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"situation" text NOT NULL,
	"is_in_danger_now" boolean NOT NULL,
	"code_name_sealed" text,
	"contact_sealed" text,
	"safe_times_sealed" text,
	"leave_no_message" boolean NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	"outcome" text,
	"outcome_note_sealed" text,
	"closed_by" uuid,
	"closed_at" timestamp(3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "safe_call_backs_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "safe_call_backs_situation_known" CHECK ("partner"."safe_call_backs"."situation" in ('is-harmed', 'both', 'unclear')),
	CONSTRAINT "safe_call_backs_closed_whole" CHECK (("partner"."safe_call_backs"."closed_at" is null) = ("partner"."safe_call_backs"."outcome" is null) and ("partner"."safe_call_backs"."closed_at" is null) = ("partner"."safe_call_backs"."closed_by" is null))
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
	CONSTRAINT "decisions_kind_known" CHECK ("decisions"."kind" in ('risk', 'eligibility', 'safeguarding', 'attendance', 'pathway', 'completion')),
	CONSTRAINT "decisions_rule_set_whole" CHECK (num_nulls("decisions"."rule_set_id", "decisions"."rule_set_version", "decisions"."rule_set_hash") in (0, 3)),
	CONSTRAINT "decisions_without_rules_reviewed" CHECK ("decisions"."rule_set_id" is not null or "decisions"."needs_human_review")
);

CREATE TABLE "rule_set_proposals" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rule_set_id" text NOT NULL,
	"rule_set_version" text NOT NULL,
	"title" text NOT NULL,
	"effective_from" date NOT NULL,
	"document_text" text NOT NULL,
	"text_hash" text NOT NULL,
	"resolved_text" text NOT NULL,
	"hash" text NOT NULL,
	"reason" text NOT NULL,
	"impact_text" text NOT NULL,
	"status" text DEFAULT 'proposed' NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp(3) with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp(3) with time zone,
	"decision_reason" text,
	"superseded_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "rule_set_proposals_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "rule_set_proposals_status_known" CHECK ("rule_set_proposals"."status" in ('proposed', 'approved', 'declined', 'withdrawn', 'superseded')),
	CONSTRAINT "rule_set_proposals_text_hash" CHECK ("rule_set_proposals"."text_hash" = encode(sha256(convert_to("rule_set_proposals"."document_text", 'UTF8')), 'hex')),
	CONSTRAINT "rule_set_proposals_hash" CHECK ("rule_set_proposals"."hash" = encode(sha256(convert_to("rule_set_proposals"."resolved_text", 'UTF8')), 'hex')),
	CONSTRAINT "rule_set_proposals_decided_whole" CHECK (("rule_set_proposals"."status" = 'proposed') = ("rule_set_proposals"."decided_at" is null) and ("rule_set_proposals"."decided_at" is null) = ("rule_set_proposals"."decided_by" is null)),
	CONSTRAINT "rule_set_proposals_second_person" CHECK ("rule_set_proposals"."status" not in ('approved', 'declined') or "rule_set_proposals"."decided_by" <> "rule_set_proposals"."proposed_by"),
	CONSTRAINT "rule_set_proposals_own_withdrawal" CHECK ("rule_set_proposals"."status" <> 'withdrawn' or "rule_set_proposals"."decided_by" = "rule_set_proposals"."proposed_by"),
	CONSTRAINT "rule_set_proposals_superseded_by_one" CHECK (("rule_set_proposals"."status" = 'superseded') = ("rule_set_proposals"."superseded_by" is not null))
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
	"proposal_id" uuid,
	CONSTRAINT "rule_set_versions_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "rule_set_versions_version" UNIQUE("provider_id","rule_set_id","version"),
	CONSTRAINT "rule_set_versions_from" UNIQUE("provider_id","rule_set_id","effective_from"),
	CONSTRAINT "rule_set_versions_proposal_once" UNIQUE("provider_id","proposal_id"),
	CONSTRAINT "rule_set_versions_hash_form" CHECK ("rule_set_versions"."hash" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "rule_set_versions_not_backdated" CHECK ("rule_set_versions"."proposal_id" is null or "rule_set_versions"."effective_from" > ("rule_set_versions"."published_at" at time zone 'Europe/London')::date)
);

CREATE TABLE "concerns" (
	"provider_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"side" text NOT NULL,
	"level" text NOT NULL,
	"what" text[] NOT NULL,
	"decision_id" uuid,
	"rules" text[] NOT NULL,
	"details" text,
	"tell" text[] NOT NULL,
	"owner_id" uuid NOT NULL,
	"owner_side" text NOT NULL,
	"status" text NOT NULL,
	"runs_from" timestamp(3) with time zone NOT NULL,
	"due_at" timestamp(3) with time zone NOT NULL,
	"due_is_provisional" boolean NOT NULL,
	"acknowledge_by" timestamp(3) with time zone NOT NULL,
	"raised_at" timestamp(3) with time zone NOT NULL,
	"raised_by" uuid,
	"acknowledged_at" timestamp(3) with time zone,
	"acknowledged_by" uuid,
	"closed_at" timestamp(3) with time zone,
	"closed_by" uuid,
	"action" text,
	"told" text[],
	"why_not_told" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "concerns_provider_id_id_pk" PRIMARY KEY("provider_id","id"),
	CONSTRAINT "concerns_side_known" CHECK ("concerns"."side" in ('participant', 'partner', 'neutral')),
	CONSTRAINT "concerns_level_known" CHECK ("concerns"."level" in ('emergency', 'same-day', 'next-working-day')),
	CONSTRAINT "concerns_status_known" CHECK ("concerns"."status" in ('raised', 'acknowledged', 'closed')),
	CONSTRAINT "concerns_what_known" CHECK (cardinality("concerns"."what") > 0 and "concerns"."what" <@ array['threat-or-plan-to-kill', 'weapon-to-hand', 'suicidal-plan', 'child-hurt-or-at-immediate-risk', 'strangulation-since-last-contact', 'assault-since-last-contact', 'stalking-or-unwanted-contact', 'threat-to-staff', 'order-or-condition-breached', 'party-under-18', 'pregnancy-or-new-baby', 'new-partner-with-children', 'adult-at-risk', 'miss-or-ending-at-high-risk', 'other']::text[]),
	CONSTRAINT "concerns_told_known" CHECK ("concerns"."told" is null or (cardinality("concerns"."told") > 0 and "concerns"."told" <@ array['police', 'partner-service', 'safeguarding-lead', 'programme-manager', 'childrens-services', 'adult-social-care', 'mental-health-crisis-team', 'referrer', 'somebody-else', 'nobody-else']::text[])),
	CONSTRAINT "concerns_owner_on_side" CHECK ("concerns"."side" = 'neutral' or "concerns"."owner_side" in ("concerns"."side", 'neutral')),
	CONSTRAINT "concerns_say_why" CHECK ("concerns"."decision_id" is not null or "concerns"."details" <> ''),
	CONSTRAINT "concerns_acknowledged_whole" CHECK (("concerns"."status" = 'raised') = ("concerns"."acknowledged_at" is null)),
	CONSTRAINT "concerns_closed_with_action" CHECK (("concerns"."status" = 'closed') = ("concerns"."closed_at" is not null) and ("concerns"."status" = 'closed') = ("concerns"."action" is not null and "concerns"."action" <> '' and "concerns"."told" is not null))
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
	CONSTRAINT "tasks_kind_known" CHECK ("tasks"."kind" in ('triage-referral', 'call-back-safely', 'check-duplicate', 'open-questions', 'decide-eligibility', 'decide-suitability', 'obtain-consent', 'assess-risk', 'human-review', 'verify-answer', 'review-risk', 'decide-pathway', 'confirm-lower-band', 'safeguarding', 'tell-partner-service', 'tell-referrer', 'offer-place', 'contact-after-absence', 'review-attendance', 'confirm-removal', 'confirm-completion', 'approve-rule-set', 'follow-up')),
	CONSTRAINT "tasks_side_known" CHECK ("tasks"."side" in ('participant', 'partner', 'neutral')),
	CONSTRAINT "tasks_status_known" CHECK ("tasks"."status" in ('open', 'done', 'cancelled')),
	CONSTRAINT "tasks_owner_on_side" CHECK ("tasks"."side" = 'neutral' or "tasks"."owner_side" in ("tasks"."side", 'neutral')),
	CONSTRAINT "tasks_closed_with_record" CHECK (("tasks"."status" = 'open') = ("tasks"."closed_at" is null) and ("tasks"."status" = 'open' or "tasks"."record" <> ''))
);

ALTER TABLE "assessments" ADD CONSTRAINT "assessments_case" FOREIGN KEY ("provider_id","case_id") REFERENCES "public"."cases"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_amends" FOREIGN KEY ("provider_id","amends_id") REFERENCES "public"."assessments"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_started_by" FOREIGN KEY ("provider_id","started_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_signed_by" FOREIGN KEY ("provider_id","signed_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "assessment_answers" ADD CONSTRAINT "assessment_answers_of" FOREIGN KEY ("provider_id","assessment_id") REFERENCES "public"."assessments"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "assessment_answers" ADD CONSTRAINT "assessment_answers_by" FOREIGN KEY ("provider_id","answered_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "assessment_judgements" ADD CONSTRAINT "assessment_judgements_assessment" FOREIGN KEY ("provider_id","assessment_id") REFERENCES "public"."assessments"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "assessment_judgements" ADD CONSTRAINT "assessment_judgements_by" FOREIGN KEY ("provider_id","judged_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "assessment_outside_inquiries" ADD CONSTRAINT "assessment_outside_inquiries_case" FOREIGN KEY ("provider_id","case_id") REFERENCES "public"."cases"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "assessment_outside_inquiries" ADD CONSTRAINT "assessment_outside_inquiries_recorded_by" FOREIGN KEY ("provider_id","recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "assessment_outside_results" ADD CONSTRAINT "assessment_outside_results_case" FOREIGN KEY ("provider_id","case_id") REFERENCES "public"."cases"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "assessment_outside_results" ADD CONSTRAINT "assessment_outside_results_corrects" FOREIGN KEY ("provider_id","corrects_id","case_id") REFERENCES "public"."assessment_outside_results"("provider_id","id","case_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "assessment_outside_results" ADD CONSTRAINT "assessment_outside_results_recorded_by" FOREIGN KEY ("provider_id","recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "assessment_situation" ADD CONSTRAINT "assessment_situation_of" FOREIGN KEY ("provider_id","assessment_id") REFERENCES "public"."assessments"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "assessment_situation" ADD CONSTRAINT "assessment_situation_by" FOREIGN KEY ("provider_id","answered_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "attendance_consequences" ADD CONSTRAINT "attendance_consequences_place_of" FOREIGN KEY ("provider_id","place_id","case_id") REFERENCES "public"."places"("provider_id","id","case_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "attendance_consequences" ADD CONSTRAINT "attendance_consequences_session" FOREIGN KEY ("provider_id","session_id") REFERENCES "public"."sessions"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "attendance_consequences" ADD CONSTRAINT "attendance_consequences_decision" FOREIGN KEY ("provider_id","decision_id") REFERENCES "public"."decisions"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "attendance_consequences" ADD CONSTRAINT "attendance_consequences_task" FOREIGN KEY ("provider_id","task_id") REFERENCES "public"."tasks"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "attendance_consequences" ADD CONSTRAINT "attendance_consequences_concern" FOREIGN KEY ("provider_id","concern_id") REFERENCES "public"."concerns"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "attendance_consequences" ADD CONSTRAINT "attendance_consequences_raised_by" FOREIGN KEY ("provider_id","raised_by_id") REFERENCES "public"."registers"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "attendance_consequences" ADD CONSTRAINT "attendance_consequences_undone_by" FOREIGN KEY ("provider_id","undone_by_id") REFERENCES "public"."registers"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "attendance_entries" ADD CONSTRAINT "attendance_entries_register" FOREIGN KEY ("provider_id","register_id") REFERENCES "public"."registers"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "attendance_entries" ADD CONSTRAINT "attendance_entries_session" FOREIGN KEY ("provider_id","session_id") REFERENCES "public"."sessions"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "attendance_entries" ADD CONSTRAINT "attendance_entries_place_of" FOREIGN KEY ("provider_id","place_id","case_id") REFERENCES "public"."places"("provider_id","id","case_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "registers" ADD CONSTRAINT "registers_session" FOREIGN KEY ("provider_id","session_id") REFERENCES "public"."sessions"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "registers" ADD CONSTRAINT "registers_by" FOREIGN KEY ("provider_id","recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "removals" ADD CONSTRAINT "removals_consequence" FOREIGN KEY ("provider_id","consequence_id") REFERENCES "public"."attendance_consequences"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "removals" ADD CONSTRAINT "removals_place_of" FOREIGN KEY ("provider_id","place_id","case_id") REFERENCES "public"."places"("provider_id","id","case_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "removals" ADD CONSTRAINT "removals_decided_by" FOREIGN KEY ("provider_id","decided_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_assignments" ADD CONSTRAINT "case_assignments_case" FOREIGN KEY ("provider_id","case_id") REFERENCES "public"."cases"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_assignments" ADD CONSTRAINT "case_assignments_staff" FOREIGN KEY ("provider_id","staff_id","staff_side") REFERENCES "public"."staff"("provider_id","id","side") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_assignments" ADD CONSTRAINT "case_assignments_by" FOREIGN KEY ("provider_id","assigned_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_assignments" ADD CONSTRAINT "case_assignments_ended_by" FOREIGN KEY ("provider_id","ended_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_endings" ADD CONSTRAINT "case_endings_case" FOREIGN KEY ("provider_id","case_id") REFERENCES "public"."cases"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_endings" ADD CONSTRAINT "case_endings_takes_back_of" FOREIGN KEY ("provider_id","takes_back_id") REFERENCES "public"."case_endings"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_endings" ADD CONSTRAINT "case_endings_by" FOREIGN KEY ("provider_id","ended_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_endings" ADD CONSTRAINT "case_endings_acknowledged_by" FOREIGN KEY ("provider_id","acknowledged_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_endings" ADD CONSTRAINT "case_endings_went_on_by" FOREIGN KEY ("provider_id","went_on_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_events" ADD CONSTRAINT "case_events_case" FOREIGN KEY ("provider_id","case_id") REFERENCES "public"."cases"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_events" ADD CONSTRAINT "case_events_by" FOREIGN KEY ("provider_id","recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_exclusions" ADD CONSTRAINT "case_exclusions_case" FOREIGN KEY ("provider_id","case_id","participant_id") REFERENCES "public"."cases"("provider_id","id","participant_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_exclusions" ADD CONSTRAINT "case_exclusions_staff" FOREIGN KEY ("provider_id","staff_id") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_exclusions" ADD CONSTRAINT "case_exclusions_by" FOREIGN KEY ("provider_id","excluded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_exclusions" ADD CONSTRAINT "case_exclusions_ended_by" FOREIGN KEY ("provider_id","ended_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_status_changes" ADD CONSTRAINT "case_status_changes_case" FOREIGN KEY ("provider_id","case_id") REFERENCES "public"."cases"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "case_status_changes" ADD CONSTRAINT "case_status_changes_by" FOREIGN KEY ("provider_id","changed_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "cases" ADD CONSTRAINT "cases_participant" FOREIGN KEY ("provider_id","participant_id") REFERENCES "public"."participants"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "consent_texts" ADD CONSTRAINT "consent_texts_published_by" FOREIGN KEY ("provider_id","published_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "consents" ADD CONSTRAINT "consents_case_of" FOREIGN KEY ("provider_id","case_id") REFERENCES "public"."cases"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "consents" ADD CONSTRAINT "consents_text" FOREIGN KEY ("provider_id","consent_text_id") REFERENCES "public"."consent_texts"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "consents" ADD CONSTRAINT "consents_witnessed_by" FOREIGN KEY ("provider_id","witnessed_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "consents" ADD CONSTRAINT "consents_recorded_by" FOREIGN KEY ("provider_id","recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "consents" ADD CONSTRAINT "consents_withdrawal_recorded_by" FOREIGN KEY ("provider_id","withdrawal_recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "eligibility_decisions" ADD CONSTRAINT "eligibility_decisions_case_of" FOREIGN KEY ("provider_id","case_id") REFERENCES "public"."cases"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "eligibility_decisions" ADD CONSTRAINT "eligibility_decisions_decision" FOREIGN KEY ("provider_id","decision_id") REFERENCES "public"."decisions"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "eligibility_decisions" ADD CONSTRAINT "eligibility_decisions_decided_by" FOREIGN KEY ("provider_id","decided_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "eligibility_decisions" ADD CONSTRAINT "eligibility_decisions_ruled_by" FOREIGN KEY ("provider_id","ruled_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "eligibility_decisions" ADD CONSTRAINT "eligibility_decisions_confirmed_by" FOREIGN KEY ("provider_id","confirmed_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "suitability_decisions" ADD CONSTRAINT "suitability_decisions_case_of" FOREIGN KEY ("provider_id","case_id") REFERENCES "public"."cases"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "suitability_decisions" ADD CONSTRAINT "suitability_decisions_decided_by" FOREIGN KEY ("provider_id","decided_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_recipient" FOREIGN KEY ("provider_id","recipient_id","recipient_side") REFERENCES "public"."staff"("provider_id","id","side") ON DELETE no action ON UPDATE no action;
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_escalated_from" FOREIGN KEY ("provider_id","escalated_from_id") REFERENCES "public"."notifications"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "completions" ADD CONSTRAINT "completions_place" FOREIGN KEY ("provider_id","place_id","case_id") REFERENCES "public"."places"("provider_id","id","case_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "completions" ADD CONSTRAINT "completions_decision" FOREIGN KEY ("provider_id","decision_id") REFERENCES "public"."decisions"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "completions" ADD CONSTRAINT "completions_decided_by" FOREIGN KEY ("provider_id","decided_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "completions" ADD CONSTRAINT "completions_settled_by" FOREIGN KEY ("provider_id","settled_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "outcome_measures" ADD CONSTRAINT "outcome_measures_review" FOREIGN KEY ("provider_id","review_id") REFERENCES "public"."outcome_reviews"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "outcome_reviews" ADD CONSTRAINT "outcome_reviews_case" FOREIGN KEY ("provider_id","case_id") REFERENCES "public"."cases"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "outcome_reviews" ADD CONSTRAINT "outcome_reviews_corrects" FOREIGN KEY ("provider_id","corrects_id","case_id") REFERENCES "public"."outcome_reviews"("provider_id","id","case_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "outcome_reviews" ADD CONSTRAINT "outcome_reviews_recorded_by" FOREIGN KEY ("provider_id","recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "participant_corrections" ADD CONSTRAINT "participant_corrections_participant" FOREIGN KEY ("provider_id","participant_id") REFERENCES "public"."participants"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "participant_corrections" ADD CONSTRAINT "participant_corrections_by" FOREIGN KEY ("provider_id","corrected_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "participants" ADD CONSTRAINT "participants_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "participants" ADD CONSTRAINT "participants_recorded_by" FOREIGN KEY ("provider_id","recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "group_facilitators" ADD CONSTRAINT "group_facilitators_group" FOREIGN KEY ("provider_id","group_id") REFERENCES "public"."groups"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "group_facilitators" ADD CONSTRAINT "group_facilitators_staff" FOREIGN KEY ("provider_id","staff_id","staff_side") REFERENCES "public"."staff"("provider_id","id","side") ON DELETE no action ON UPDATE no action;
ALTER TABLE "group_facilitators" ADD CONSTRAINT "group_facilitators_joined_by" FOREIGN KEY ("provider_id","joined_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "group_facilitators" ADD CONSTRAINT "group_facilitators_left_by" FOREIGN KEY ("provider_id","left_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "groups" ADD CONSTRAINT "groups_programme" FOREIGN KEY ("provider_id","programme_id") REFERENCES "public"."programmes"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "groups" ADD CONSTRAINT "groups_partner_arrangement" FOREIGN KEY ("provider_id","partner_arrangement_id") REFERENCES "public"."partner_service_arrangements"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "groups" ADD CONSTRAINT "groups_created_by" FOREIGN KEY ("provider_id","created_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "groups" ADD CONSTRAINT "groups_started_by" FOREIGN KEY ("provider_id","started_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "groups" ADD CONSTRAINT "groups_ended_by" FOREIGN KEY ("provider_id","ended_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "place_changes" ADD CONSTRAINT "place_changes_place" FOREIGN KEY ("provider_id","place_id") REFERENCES "public"."places"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "place_changes" ADD CONSTRAINT "place_changes_by" FOREIGN KEY ("provider_id","changed_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "places" ADD CONSTRAINT "places_group" FOREIGN KEY ("provider_id","group_id") REFERENCES "public"."groups"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "places" ADD CONSTRAINT "places_case" FOREIGN KEY ("provider_id","case_id") REFERENCES "public"."cases"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "places" ADD CONSTRAINT "places_created_by" FOREIGN KEY ("provider_id","created_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "programmes" ADD CONSTRAINT "programmes_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "programmes" ADD CONSTRAINT "programmes_published_by" FOREIGN KEY ("provider_id","published_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "programmes" ADD CONSTRAINT "programmes_retired_by" FOREIGN KEY ("provider_id","retired_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "session_changes" ADD CONSTRAINT "session_changes_session" FOREIGN KEY ("provider_id","session_id") REFERENCES "public"."sessions"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "session_changes" ADD CONSTRAINT "session_changes_by" FOREIGN KEY ("provider_id","changed_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_group" FOREIGN KEY ("provider_id","group_id") REFERENCES "public"."groups"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_place" FOREIGN KEY ("provider_id","place_id","group_id") REFERENCES "public"."places"("provider_id","id","group_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "agencies" ADD CONSTRAINT "agencies_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "areas_served" ADD CONSTRAINT "areas_served_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "partner_service_arrangements" ADD CONSTRAINT "partner_service_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "partner_service_arrangements" ADD CONSTRAINT "partner_service_recorded_by" FOREIGN KEY ("provider_id","recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "staff" ADD CONSTRAINT "staff_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "staff" ADD CONSTRAINT "staff_agency" FOREIGN KEY ("provider_id","agency_id") REFERENCES "public"."agencies"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_staff" FOREIGN KEY ("provider_id","staff_id","staff_side") REFERENCES "public"."staff"("provider_id","id","side") ON DELETE no action ON UPDATE no action;
ALTER TABLE "referral_facts" ADD CONSTRAINT "referral_facts_referral" FOREIGN KEY ("provider_id","referral_id") REFERENCES "public"."referrals"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "referral_facts" ADD CONSTRAINT "referral_facts_recorded_by" FOREIGN KEY ("provider_id","recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_case_of" FOREIGN KEY ("provider_id","case_id") REFERENCES "public"."cases"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_participant_of" FOREIGN KEY ("provider_id","participant_id") REFERENCES "public"."participants"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_agency" FOREIGN KEY ("provider_id","agency_id") REFERENCES "public"."agencies"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_referrer_of" FOREIGN KEY ("provider_id","referrer_id") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_recorded_by" FOREIGN KEY ("provider_id","recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "referrer_feedback" ADD CONSTRAINT "referrer_feedback_referral_of" FOREIGN KEY ("provider_id","referral_id") REFERENCES "public"."referrals"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "referrer_feedback" ADD CONSTRAINT "referrer_feedback_recorded_by" FOREIGN KEY ("provider_id","recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "partner"."safe_call_backs" ADD CONSTRAINT "safe_call_backs_recorded_by" FOREIGN KEY ("provider_id","recorded_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "partner"."safe_call_backs" ADD CONSTRAINT "safe_call_backs_closed_by" FOREIGN KEY ("provider_id","closed_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_rule_set" FOREIGN KEY ("provider_id","rule_set_id","rule_set_version") REFERENCES "public"."rule_set_versions"("provider_id","rule_set_id","version") ON DELETE no action ON UPDATE no action;
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_decided_by" FOREIGN KEY ("provider_id","decided_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rule_set_proposals" ADD CONSTRAINT "rule_set_proposals_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rule_set_proposals" ADD CONSTRAINT "rule_set_proposals_proposed_by" FOREIGN KEY ("provider_id","proposed_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rule_set_proposals" ADD CONSTRAINT "rule_set_proposals_decided_by" FOREIGN KEY ("provider_id","decided_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rule_set_proposals" ADD CONSTRAINT "rule_set_proposals_superseded" FOREIGN KEY ("provider_id","superseded_by") REFERENCES "public"."rule_set_proposals"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rule_set_versions" ADD CONSTRAINT "rule_set_versions_provider" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("provider_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rule_set_versions" ADD CONSTRAINT "rule_set_versions_published_by" FOREIGN KEY ("provider_id","published_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rule_set_versions" ADD CONSTRAINT "rule_set_versions_proposal" FOREIGN KEY ("provider_id","proposal_id") REFERENCES "public"."rule_set_proposals"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "concerns" ADD CONSTRAINT "concerns_case" FOREIGN KEY ("provider_id","case_id") REFERENCES "public"."cases"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "concerns" ADD CONSTRAINT "concerns_decision" FOREIGN KEY ("provider_id","decision_id") REFERENCES "public"."decisions"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "concerns" ADD CONSTRAINT "concerns_owner" FOREIGN KEY ("provider_id","owner_id","owner_side") REFERENCES "public"."staff"("provider_id","id","side") ON DELETE no action ON UPDATE no action;
ALTER TABLE "concerns" ADD CONSTRAINT "concerns_raised_by" FOREIGN KEY ("provider_id","raised_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "concerns" ADD CONSTRAINT "concerns_acknowledged_by" FOREIGN KEY ("provider_id","acknowledged_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "concerns" ADD CONSTRAINT "concerns_closed_by" FOREIGN KEY ("provider_id","closed_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_owner" FOREIGN KEY ("provider_id","owner_id","owner_side") REFERENCES "public"."staff"("provider_id","id","side") ON DELETE no action ON UPDATE no action;
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_opened_by" FOREIGN KEY ("provider_id","opened_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_closed_by" FOREIGN KEY ("provider_id","closed_by") REFERENCES "public"."staff"("provider_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_decision" FOREIGN KEY ("provider_id","decision_id") REFERENCES "public"."decisions"("provider_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("provider_id","created_at");
CREATE INDEX "assessments_of_case" ON "assessments" USING btree ("provider_id","case_id","assessed_on","signed_at");
CREATE UNIQUE INDEX "assessments_one_draft" ON "assessments" USING btree ("provider_id","case_id","kind") WHERE status = 'draft';
CREATE INDEX "assessment_judgements_of" ON "assessment_judgements" USING btree ("provider_id","assessment_id","judged_at");
CREATE INDEX "assessment_outside_inquiries_of_case" ON "assessment_outside_inquiries" USING btree ("provider_id","case_id","asked_on","recorded_at","id");
CREATE UNIQUE INDEX "assessment_outside_results_corrected_once" ON "assessment_outside_results" USING btree ("provider_id","corrects_id") WHERE corrects_id is not null;
CREATE INDEX "assessment_outside_results_of_case" ON "assessment_outside_results" USING btree ("provider_id","case_id","taken_on","id");
CREATE UNIQUE INDEX "attendance_consequences_once" ON "attendance_consequences" USING btree ("provider_id","place_id","cause") WHERE undone_at is null;
CREATE INDEX "attendance_consequences_case" ON "attendance_consequences" USING btree ("provider_id","case_id","raised_at","id");
CREATE INDEX "attendance_entries_place" ON "attendance_entries" USING btree ("provider_id","place_id","session_id");
CREATE INDEX "attendance_entries_case" ON "attendance_entries" USING btree ("provider_id","case_id","session_id");
CREATE INDEX "removals_of_place" ON "removals" USING btree ("provider_id","place_id","status");
CREATE INDEX "removals_case" ON "removals" USING btree ("provider_id","case_id","proposed_at","id");
CREATE INDEX "audit_entries_subject" ON "audit_entries" USING btree ("provider_id","subject_type","subject_id","number");
CREATE UNIQUE INDEX "case_assignments_once" ON "case_assignments" USING btree ("provider_id","case_id","staff_id","role") WHERE ended_at is null;
CREATE INDEX "case_assignments_mine" ON "case_assignments" USING btree ("provider_id","staff_id","case_id") WHERE ended_at is null;
CREATE INDEX "case_endings_of" ON "case_endings" USING btree ("provider_id","case_id","ended_at","id");
CREATE UNIQUE INDEX "case_endings_taken_back_once" ON "case_endings" USING btree ("provider_id","takes_back_id");
CREATE INDEX "case_events_of" ON "case_events" USING btree ("provider_id","case_id","occurred_at","id");
CREATE UNIQUE INDEX "case_exclusions_once" ON "case_exclusions" USING btree ("provider_id","participant_id","staff_id") WHERE ended_at is null;
CREATE INDEX "case_exclusions_mine" ON "case_exclusions" USING btree ("provider_id","staff_id","participant_id") WHERE ended_at is null;
CREATE INDEX "case_status_changes_of" ON "case_status_changes" USING btree ("provider_id","case_id","changed_at","id");
CREATE INDEX "cases_opened" ON "cases" USING btree ("provider_id","opened_on","id");
CREATE INDEX "cases_changed" ON "cases" USING btree ("provider_id","status_changed_at","id");
CREATE INDEX "cases_status_opened" ON "cases" USING btree ("provider_id","status","opened_on","id");
CREATE INDEX "cases_of_participant" ON "cases" USING btree ("provider_id","participant_id","opened_on");
CREATE INDEX "consents_case" ON "consents" USING btree ("provider_id","case_id","signed_on");
CREATE UNIQUE INDEX "eligibility_decisions_current" ON "eligibility_decisions" USING btree ("provider_id","case_id") WHERE superseded_at is null;
CREATE INDEX "eligibility_decisions_case" ON "eligibility_decisions" USING btree ("provider_id","case_id","decided_at");
CREATE INDEX "suitability_decisions_case" ON "suitability_decisions" USING btree ("provider_id","case_id","decided_at");
CREATE INDEX "notifications_mine" ON "notifications" USING btree ("provider_id","recipient_id","created_at","id");
CREATE INDEX "notifications_to_send" ON "notifications" USING btree ("provider_id","next_attempt_at") WHERE delivered_at is null;
CREATE INDEX "notifications_waiting" ON "notifications" USING btree ("provider_id","acknowledge_by") WHERE acknowledged_at is null and escalated_at is null and settled_at is null;
CREATE INDEX "notifications_subject" ON "notifications" USING btree ("provider_id","subject_id");
CREATE INDEX "notifications_ladder" ON "notifications" USING btree ("provider_id","ladder_id");
CREATE UNIQUE INDEX "notifications_once" ON "notifications" USING btree ("provider_id","once_key");
CREATE UNIQUE INDEX "notifications_one_step" ON "notifications" USING btree ("provider_id","escalated_from_id");
CREATE UNIQUE INDEX "completions_current" ON "completions" USING btree ("provider_id","place_id") WHERE superseded_at is null;
CREATE INDEX "completions_of_case" ON "completions" USING btree ("provider_id","case_id","decided_at");
CREATE UNIQUE INDEX "outcome_reviews_corrected_once" ON "outcome_reviews" USING btree ("provider_id","corrects_id") WHERE corrects_id is not null;
CREATE INDEX "outcome_reviews_of_case" ON "outcome_reviews" USING btree ("provider_id","case_id","taken_on","id");
CREATE INDEX "participant_corrections_of" ON "participant_corrections" USING btree ("provider_id","participant_id","corrected_at");
CREATE INDEX "participants_names" ON "participants" USING btree ("provider_id","family_key","given_key");
CREATE INDEX "participants_born_on" ON "participants" USING btree ("provider_id","born_on");
CREATE UNIQUE INDEX "group_facilitators_once" ON "group_facilitators" USING btree ("provider_id","group_id","staff_id") WHERE left_at is null;
CREATE INDEX "group_facilitators_mine" ON "group_facilitators" USING btree ("provider_id","staff_id","group_id") WHERE left_at is null;
CREATE INDEX "groups_first" ON "groups" USING btree ("provider_id","first_on","id");
CREATE INDEX "place_changes_of" ON "place_changes" USING btree ("provider_id","place_id","changed_at","id");
CREATE UNIQUE INDEX "places_one_open" ON "places" USING btree ("provider_id","case_id") WHERE status = 'open';
CREATE UNIQUE INDEX "places_waits_once" ON "places" USING btree ("provider_id","group_id","case_id") WHERE status in ('waiting', 'open');
CREATE INDEX "places_of_group" ON "places" USING btree ("provider_id","group_id","status","priority","waiting_since","id");
CREATE INDEX "places_of_case" ON "places" USING btree ("provider_id","case_id","created_at");
CREATE INDEX "session_changes_of" ON "session_changes" USING btree ("provider_id","session_id","changed_at","id");
CREATE UNIQUE INDEX "sessions_number_in_group" ON "sessions" USING btree ("provider_id","group_id","number") WHERE kind = 'group';
CREATE UNIQUE INDEX "sessions_number_of_place" ON "sessions" USING btree ("provider_id","place_id","number") WHERE kind = 'one-to-one';
CREATE INDEX "sessions_of_group" ON "sessions" USING btree ("provider_id","group_id","starts_at","id");
CREATE INDEX "partner_service_in_force" ON "partner_service_arrangements" USING btree ("provider_id","from_on");
CREATE INDEX "staff_sign_in" ON "staff" USING btree ("issuer","subject");
CREATE INDEX "referrals_participant" ON "referrals" USING btree ("provider_id","participant_id");
CREATE INDEX "referrals_referrer" ON "referrals" USING btree ("provider_id","referrer_id","recorded_at");
CREATE INDEX "referrer_feedback_referral" ON "referrer_feedback" USING btree ("provider_id","referral_id","recorded_at");
CREATE INDEX "safe_call_backs_waiting" ON "partner"."safe_call_backs" USING btree ("provider_id","closed_at","recorded_at");
CREATE INDEX "decisions_subject" ON "decisions" USING btree ("provider_id","subject_id","kind","decided_at","id");
CREATE INDEX "decisions_case" ON "decisions" USING btree ("provider_id","case_id","decided_at");
CREATE INDEX "decisions_when" ON "decisions" USING btree ("provider_id","decided_at","id");
CREATE INDEX "rule_set_proposals_newest" ON "rule_set_proposals" USING btree ("provider_id","proposed_at","id");
CREATE INDEX "concerns_due" ON "concerns" USING btree ("provider_id","status","due_at","id");
CREATE INDEX "concerns_of_case" ON "concerns" USING btree ("provider_id","case_id","status","due_at");
CREATE INDEX "concerns_mine" ON "concerns" USING btree ("provider_id","owner_id","status","due_at");
CREATE INDEX "tasks_mine" ON "tasks" USING btree ("provider_id","owner_id","status","due_at","id");
CREATE INDEX "tasks_due" ON "tasks" USING btree ("provider_id","side","status","due_at","id");
CREATE INDEX "tasks_subject" ON "tasks" USING btree ("provider_id","subject_id","kind");
CREATE INDEX "tasks_case" ON "tasks" USING btree ("provider_id","case_id","due_at");

-- Row-level security, forced, on every table; the application's role gets what it needs and no more.
select plumbline_protect('idempotency_keys');
select plumbline_protect('reference_counters');
select plumbline_protect('assessments');
select plumbline_protect('assessment_answers');
select plumbline_protect('assessment_judgements');
select plumbline_protect('assessment_outside_inquiries');
select plumbline_protect('assessment_outside_results');
select plumbline_protect('assessment_situation');
select plumbline_protect('attendance_consequences');
select plumbline_protect('attendance_entries');
select plumbline_protect('registers');
select plumbline_protect('removals');
select plumbline_protect('audit_entries');
select plumbline_protect('audit_heads');
select plumbline_protect('case_assignments');
select plumbline_protect('case_endings');
select plumbline_protect('case_events');
select plumbline_protect('case_exclusions');
select plumbline_protect('case_status_changes');
select plumbline_protect('cases');
select plumbline_protect('consent_texts');
select plumbline_protect('consents');
select plumbline_protect('eligibility_decisions');
select plumbline_protect('suitability_decisions');
select plumbline_protect('notifications');
select plumbline_protect('completions');
select plumbline_protect('outcome_measures');
select plumbline_protect('outcome_reviews');
select plumbline_protect('participant_corrections');
select plumbline_protect('participants');
select plumbline_protect('group_facilitators');
select plumbline_protect('groups');
select plumbline_protect('place_changes');
select plumbline_protect('places');
select plumbline_protect('programmes');
select plumbline_protect('session_changes');
select plumbline_protect('sessions');
select plumbline_protect('agencies');
select plumbline_protect('areas_served');
select plumbline_protect('partner_service_arrangements');
select plumbline_protect('providers');
select plumbline_protect('staff');
select plumbline_protect('staff_roles');
select plumbline_protect('referral_facts');
select plumbline_protect('referrals');
select plumbline_protect('referrer_feedback');
select plumbline_protect('safe_call_backs', 'partner');
select plumbline_protect('decisions');
select plumbline_protect('rule_set_proposals');
select plumbline_protect('rule_set_versions');
select plumbline_protect('concerns');
select plumbline_protect('tasks');
