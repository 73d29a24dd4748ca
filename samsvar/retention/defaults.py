"""What holds until an authority has said otherwise (L23: no disposal without a rule behind it)."""

from samsvar.law.kinds import AuthorityKind

_POLICE = "bekendtgørelse nr. 27 af 2019 (efterprøves)"
_OTHERS = "arkivbekendtgørelsen § 5 (efterprøves)"


def reference(authority_kind: str) -> str:
    """The rule that disposal rests on, as a lawyer is asked to verify it."""
    return _POLICE if authority_kind == AuthorityKind.POLICE else _OTHERS


def reference_sql(authority: str) -> str:
    """SQL of the rule behind the disposal `kind` in this authority: its own, or the default. Takes %(kind)s."""
    return (
        f"coalesce((select r.reference from retention_retentionrule r where r.authority_id = {authority}"  # noqa: S608
        f" and r.kind = %(kind)s), (select case when a.kind = 'police' then '{_POLICE}' else '{_OTHERS}' end"
        f" from partnerships_authority a where a.id = {authority}))"
    )
