"""What is tested of ``tests/backend/api/test_decisions.py``, on PostgreSQL."""

from tests.backend.api.test_decisions import *  # noqa: F403

# Of one person a team's server tells no totals; what it tells of many is tested in test_totals.py.
del (
    test_it_counts_decisions_by_day_and_rule,  # noqa: F821
    test_it_counts_from_a_day_on,  # noqa: F821
    test_weeks_are_counted_by_everything_that_is_drawn,  # noqa: F821
    test_the_rules_that_were_not_useful_come_first_and_are_quietened_in_one_call,  # noqa: F821
    test_a_list_is_called_by_its_name_and_one_that_is_gone_by_none,  # noqa: F821
)
