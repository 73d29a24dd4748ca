"""Letters, the citizen's words and journal marks are the own authority's, for those who work on the case."""

from samsvar.postgres.rows import AUTHORITIES, PERSON, Policies, in_reach, is_party, of_case

_OWN = f"authority_id = any({AUTHORITIES})"
_KEYS = ("partnership_id", "case_id", "group_id", "authority_id", "by_id", "at")


def _reads() -> str:
    return f"{_OWN} and {in_reach()}"


def _adds(table: str) -> str:
    return f"{_OWN} and by_id = {PERSON} and {in_reach()} and {is_party()} and {of_case(table)}"


_LEADER_IS_OURS = (
    f"(leader_id is null or exists (select 1 from partnerships_capacity c where c.id = leader_id "
    f"and c.authority_id = any({AUTHORITIES}) and 'releaser' = any(c.roles) offset 0))"
)
# A letter stands on a disclosure of the same case that the same person has made.
_DISCLOSED = (
    "exists (select 1 from sharing_disclosure d where d.subject_id = letters_outsideletter.id "
    f"and d.case_id = letters_outsideletter.case_id and d.by_id = {PERSON} offset 0)"
)

POLICIES = [
    # What was told or said stands as it was written: no change, no deletion.
    Policies("letters_notice", select=_reads(), insert=f"{_adds('letters_notice')} and {_LEADER_IS_OURS}"),
    Policies("letters_citizenword", select=_reads(), insert=_adds("letters_citizenword")),
    Policies(
        "letters_outsideletter",
        select=_reads(),
        insert=f"{_adds('letters_outsideletter')} and {_DISCLOSED}",
        # Only whether the receiver has said yes to the order of secrecy is added afterwards.
        update=_reads(),
        immutable=(
            *_KEYS,
            "kind",
            "name",
            "address",
            "language",
            "words",
            "basis",
            "consent_id",
            "weighed_id",
            "secrecy_order",
        ),
    ),
    Policies("letters_journalmark", select=_reads(), insert=_adds("letters_journalmark")),
]
