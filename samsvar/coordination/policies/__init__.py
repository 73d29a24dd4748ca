"""Network rows: those inside, and whoever a citizen's yes has let in, each for what the yes names (house.md, 4).

Inside are the tovholdere, whoever opened the network until there is one, and the leaders of the authority that holds
it. Nobody else of that authority: working there opens nothing (R-003-53), nor does being party to a case.
"""

from samsvar.coordination.policies import agreed, caseload, discharge, doctor, guards, networks, plans, ropes

POLICIES = [*networks.POLICIES, *agreed.POLICIES, *ropes.POLICIES, *plans.POLICIES, *caseload.POLICIES]
FUNCTIONS = [*networks.FUNCTIONS, *doctor.FUNCTIONS, *discharge.FUNCTIONS]
TRIGGERS = [*networks.TRIGGERS, *plans.TRIGGERS, *discharge.TRIGGERS, *guards.TRIGGERS]
