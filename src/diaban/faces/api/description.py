"""What the description of the API tells beside what the types say: refusals, and the headers that writing needs."""

from typing import Any

from ninja.openapi.schema import OpenAPISchema

from diaban.foundation.acts.programs import LONGEST_KEY, FieldProblem, ProblemOut

REF = "#/components/schemas/{model}"
PROBLEM = {
    "description": "Từ chối (RFC 9457)",
    "content": {"application/problem+json": {"schema": {"$ref": REF.format(model="ProblemOut")}}},
}
WRITING = ("put", "post")
# What answers 304 to a reader who has it.
CONDITIONAL = ("get_report", "get_indicator", "get_directive", "get_week", "get_programme")
# Changes of a thing that do not overwrite what another wrote: what is said of it is added to it.
ADDING = (
    "report_task_progress", "report_task_done", "confirm_task_done", "send_task_back", "add_difficulty_evidence",
    "add_task_evidence", "plan_stop", "ask_to_meeting", "answer_invitation", "file_update", "mark_attendance",
    "mark_rest_present", "strike_attendee", "park_point", "write_statement", "write_statement_as_difficulty",
    "write_conclusion", "bring_signed_paper", "take_out_signed_paper",
)  # fmt: skip
TEXT = {"type": "string"}


def described(schema: OpenAPISchema) -> OpenAPISchema:
    """The same with a refusal for each operation, and `If-Match`, `Idempotency-Key` and `If-None-Match` where they are read."""
    models = ProblemOut.model_json_schema(ref_template=REF)
    parts = models.pop("$defs")
    schema["components"]["schemas"] |= {"ProblemOut": models, "FieldProblem": parts[FieldProblem.__name__]}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            operation["responses"]["default"] = PROBLEM
            operation["parameters"] = [*operation["parameters"], *_headers(path, method, operation)]
            if operation["operationId"] in CONDITIONAL:
                operation["responses"][304] = {"description": "Không thay đổi"}
    return schema


def _headers(path: str, method: str, operation: dict[str, Any]) -> list[dict[str, Any]]:
    if method in WRITING:
        key = _header("Idempotency-Key", {"type": "string", "maxLength": LONGEST_KEY})
        is_from_revision = "{uid}" in path and operation["operationId"] not in ADDING
        return [key, _header("If-Match", TEXT, required=True)] if is_from_revision else [key]
    if operation["operationId"] in CONDITIONAL:
        return [_header("If-None-Match", TEXT)]
    return []


def _header(name: str, schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"in": "header", "name": name, "schema": schema, "required": required}
