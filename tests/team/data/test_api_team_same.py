"""Some of what is tested of own lists, totals and the audit log, on PostgreSQL."""

from tests.backend.api.team import an, as_person, bao
from tests.backend.api.test_audit import (
    test_everything_that_changes_a_team_is_written_down_with_who_did_it,
    test_pages_and_the_export_have_the_same_chain,
)
from tests.backend.api.test_personal_lists import (
    chi,
    test_a_foreign_list_answers_to_nobody_as_one_that_is_not_there,
    test_names_and_orders_are_each_owners_own,
    test_nobody_has_more_than_their_share,
    test_with_a_person_go_their_lists,
)
from tests.backend.api.test_totals import (
    test_a_list_in_observe_mode_tells_only_of_ten_people,
    test_ten_people_are_told_when_their_week_is_over_and_not_before,
    test_what_is_left_out_cannot_be_had_by_taking_parts_from_the_whole,
    test_what_is_old_is_forgotten,
    told,
)

__all__ = [
    "an",
    "as_person",
    "bao",
    "chi",
    "test_a_foreign_list_answers_to_nobody_as_one_that_is_not_there",
    "test_a_list_in_observe_mode_tells_only_of_ten_people",
    "test_everything_that_changes_a_team_is_written_down_with_who_did_it",
    "test_names_and_orders_are_each_owners_own",
    "test_nobody_has_more_than_their_share",
    "test_pages_and_the_export_have_the_same_chain",
    "test_ten_people_are_told_when_their_week_is_over_and_not_before",
    "test_what_is_left_out_cannot_be_had_by_taking_parts_from_the_whole",
    "test_what_is_old_is_forgotten",
    "test_with_a_person_go_their_lists",
    "told",
]
