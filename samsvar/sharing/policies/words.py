"""What the policies of the rooms above say of a row of this one."""

# SQL: the yes in row c of sharing_consent is whole, and stands today (R-002-67, R-000-107).
STANDS = (
    "c.scope = 'share' and c.withdrawn_on is null and c.given_on <= today() and c.valid_to >= today() "
    "and c.missing = '{}'"
)
