"""Every fault that the exchange promises to stand has a test by name, and this list says which."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
UNIT, WHOLE = "tests/unit", "tests/end_to_end"
HOSTILE = f"{UNIT}/usecases/test_hostile_bundles.py"
SAMPLES = f"{UNIT}/sync/test_bundle_samples.py::test_each_kept_sample_comes_out_as_its_companion_says"
"""With the name of a kept sample behind it."""
STORED = f"{UNIT}/storage"
DONE = f"{UNIT}/usecases"

FAULTS: dict[str, tuple[str, ...]] = {
    "truncated at every 4 KiB": (
        f"{HOSTILE}::test_a_bundle_cut_anywhere_lengthened_or_bent_brings_nothing",
        f"{SAMPLES}[cut-at-04096]",
        f"{SAMPLES}[one-byte-short]",
    ),
    "a bit flipped in each frame": (
        f"{HOSTILE}::test_a_bundle_cut_anywhere_lengthened_or_bent_brings_nothing",
        f"{UNIT}/sync/test_framing.py::test_every_flipped_bit_and_every_cut_is_noticed",
        f"{SAMPLES}[flip-in-chunk-1-tree-fixed]",
        f"{SAMPLES}[files-flip-in-piece]",
    ),
    "garbage appended": (
        f"{HOSTILE}::test_a_bundle_cut_anywhere_lengthened_or_bent_brings_nothing",
        f"{SAMPLES}[garbage-appended]",
        f"{SAMPLES}[longer-padding]",
        f"{SAMPLES}[more-after-zstd]",
    ),
    "chunks swapped": (
        f"{HOSTILE}::test_parts_of_two_bundles_never_make_a_third",
        f"{SAMPLES}[chunks-swapped-and-numbered]",
        f"{SAMPLES}[files-pieces-numbered]",
    ),
    "chunks from another bundle": (
        f"{HOSTILE}::test_parts_of_two_bundles_never_make_a_third",
        f"{SAMPLES}[chunk-from-another]",
    ),
    "header swapped": (
        f"{HOSTILE}::test_parts_of_two_bundles_never_make_a_third",
        f"{SAMPLES}[header-swapped]",
    ),
    "replayed after a year": (f"{HOSTILE}::test_a_bundle_replayed_after_a_year_changes_nothing",),
    "a stick found after its key is gone": (
        f"{DONE}/test_exchange_keys.py::test_a_bundle_sealed_more_than_90_days_ago_stays_shut_with_all_the_device_now_holds",
    ),
    "gap then fill": (f"{DONE}/test_exchange.py::test_a_bundle_after_a_gap_is_held_until_the_gap_is_filled",),
    "wrong recipient": (f"{SAMPLES}[wrong-recipient]",),
    "re-wrapped by a recipient": (
        f"{SAMPLES}[rewrapped]",
        f"{UNIT}/sync/test_bundle.py::test_a_bundle_sealed_for_one_of_our_keys_but_meant_for_another_desk_is_foreign",
    ),
    "unknown sender": (
        f"{SAMPLES}[unknown-sender]",
        f"{DONE}/test_held.py::test_a_bundle_of_an_unknown_sender_waits_until_it_is_admitted",
        f"{DONE}/test_held.py::test_what_waits_has_an_end_and_can_be_thrown_away",
        f"{DONE}/test_carrying.py::test_a_sender_who_is_not_admitted_yet_is_looked_at_again",
    ),
    "revoked sender": (
        f"{SAMPLES}[revoked]",
        f"{DONE}/test_roster.py::test_shut_out_from_an_earlier_bundle_on_and_admitted_again_everything_is_as_before",
        f"{UNIT}/sync/test_bundle.py::test_revocation_counts_only_for_what_the_device_really_signed",
    ),
    "forged sender": (
        f"{SAMPLES}[forged]",
        f"{DONE}/test_exchange.py::test_a_desk_cannot_send_what_another_device_wrote",
    ),
    "zip bomb": (f"{SAMPLES}[bomb]", f"{SAMPLES}[bomb-declared]", f"{SAMPLES}[bomb-hidden]"),
    "huge counts": (
        f"{SAMPLES}[huge-counts]",
        f"{SAMPLES}[counts-beyond-integers]",
        f"{HOSTILE}::test_no_number_of_a_known_sender_is_too_odd_to_live_with",
        f"{HOSTILE}::test_no_number_reaches_into_another_chain",
    ),
    "newer format": (f"{SAMPLES}[newer-format]", f"{SAMPLES}[newer-frame]", f"{SAMPLES}[later-but-readable]"),
    "stick full": (f"{DONE}/test_carrying_by_stick.py::test_what_is_wrong_with_a_stick_is_said_exactly",),
    "stick pulled midway": (
        f"{DONE}/test_exchange.py::test_a_bundle_that_was_not_counted_does_not_stay_on_the_stick",
        f"{DONE}/test_export_cut_short.py::test_a_bundle_that_was_never_counted_stops_nobody",
        f"{UNIT}/sync/carriers/test_sticks.py::test_a_file_that_does_not_read_as_it_was_written_is_none",
    ),
    "FAT32 limits": (f"{HOSTILE}::test_a_stick_with_the_habits_of_fat",),
    "e-mail CR/LF": (
        f"{SAMPLES}[line-ends]",
        f"{UNIT}/sync/carriers/test_mail.py::test_carriage_returns_that_mail_put_in_are_taken_out",
        f"{DONE}/test_carrying.py::test_saved_messages_and_files_that_mail_hurt_are_planned_like_others",
    ),
    "sync-folder conflict copies": (
        f"{HOSTILE}::test_copies_of_a_synchronised_folder_are_known",
        f"{DONE}/test_carrying.py::test_copies_that_a_synchronised_folder_makes_are_taken_once",
    ),
    "roster rollback": (
        f"{DONE}/test_roster.py::test_a_forged_a_forked_and_a_roster_that_goes_back_are_told_and_not_taken",
        f"{DONE}/test_roster.py::test_a_coordinator_that_was_put_back_counts_on_and_is_told",
        f"{UNIT}/sync/test_roster_samples.py::test_each_kept_roster_comes_out_as_its_companion_says",
    ),
    "equivocation": (
        f"{DONE}/test_held.py::test_a_copied_computer_raises_an_alarm_and_goes_on_with_a_series_of_its_own",
        f"{DONE}/test_held.py::test_a_copied_computer_is_shut_out_from_the_number_that_came_twice",
    ),
    "two cloned laptops": (
        f"{DONE}/test_copies.py::test_two_laptops_with_copies_of_one_folder_never_give_one_number_twice",
        f"{DONE}/test_copies.py::test_a_copy_opened_by_the_same_user_begins_a_new_series",
        f"{DONE}/test_copies.py::test_a_stick_that_goes_between_two_computers_keeps_a_series_for_each",
    ),
    "restore after acknowledgement": (
        f"{DONE}/test_restored_desks.py::test_what_a_restored_desk_lost_comes_back_and_no_number_is_used_twice",
        f"{DONE}/test_copies.py::test_what_a_partner_has_above_our_own_last_number_begins_a_new_series",
        f"{DONE}/test_copies.py::test_a_restored_backup_begins_one_new_series_and_is_no_copy",
    ),
    "clock 40 years off both ways": (
        f"{HOSTILE}::test_a_desk_whose_clock_is_forty_years_off",
        f"{STORED}/test_vault.py::test_a_machine_whose_clock_fell_back_still_writes_after_what_it_wrote",
    ),
    "counter overflow": (
        f"{HOSTILE}::test_the_highest_stamp_there_is_drags_no_clock_along",
        f"{UNIT}/domain/test_clock.py::test_a_full_counter_runs_over_into_the_next_millisecond",
    ),
    "poison value": (
        f"{HOSTILE}::test_poison_is_set_aside_and_stops_nothing",
        f"{UNIT}/domain/test_fold.py::test_no_body_whatever_stops_the_others",
    ),
    "delete against edit": (
        f"{DONE}/test_review.py::test_removed_here_and_changed_there_is_shown_to_a_person",
        f"{DONE}/test_review.py::test_a_removal_against_a_change_is_settled_either_way_and_taken_back",
    ),
    "erase against offline edit": (
        f"{DONE}/test_erasure.py::test_what_a_desk_wrote_offline_for_an_erased_person_stays_out_everywhere",
        f"{STORED}/test_erasure.py::test_what_an_offline_desk_wrote_for_an_erased_person_goes_when_it_comes",
    ),
    "erase then old bundle": (
        f"{DONE}/test_erasure.py::test_a_desks_erasure_reaches_the_coordinator_and_old_bundles_bring_nothing_back",
    ),
    "mass-delete guard": (
        f"{DONE}/test_large_change.py::test_more_than_one_in_twenty_stops_and_asks",
        f"{DONE}/test_large_change.py::test_erasing_many_stops_and_asks_too",
        f"{DONE}/test_large_change.py::test_small_pieces_in_one_plan_count_together",
    ),
    "database page flipped": (
        f"{WHOLE}/test_hostile_places.py::test_any_flipped_page_is_damage_and_no_fault_of_ours",
        f"{STORED}/test_salvage.py::test_every_change_on_a_whole_page_is_there",
    ),
    "header zeroed": (
        f"{STORED}/test_salvage.py::test_without_the_first_page_nothing_is_lost",
        f"{STORED}/test_vault.py::test_an_overwritten_first_page",
    ),
    "WAL cut": (
        f"{STORED}/test_wal.py::test_a_log_cut_anywhere_keeps_what_was_whole_before_the_cut",
        f"{STORED}/test_wal.py::test_a_log_torn_in_its_first_page_keeps_nobody_out",
    ),
    "disk full at commit": (
        f"{HOSTILE}::test_a_disk_that_fills_while_a_bundle_is_taken_in_keeps_nothing_of_it",
        f"{DONE}/test_full_disk.py::test_a_full_disk_keeps_all_or_nothing",
        f"{STORED}/test_sqlcipher.py::test_a_commit_that_fails_leaves_no_transaction_behind",
    ),
    "key file copy bad": (
        f"{STORED}/test_vault.py::test_one_bad_copy_of_the_keys_is_mended_from_the_other",
        f"{STORED}/test_vault.py::test_two_bad_copies_of_the_keys",
    ),
    "parameters downgraded": (
        f"{UNIT}/crypto/test_keyfile.py::test_parameters_under_the_floor_are_neither_read_nor_written",
        f"{UNIT}/crypto/test_keyfile.py::test_nothing_of_a_slot_can_be_changed_by_one_who_repairs_the_check_sum",
    ),
    "passphrase in NFC and NFD": (
        f"{UNIT}/crypto/test_keyfile.py::test_a_passphrase_and_a_name_open_however_the_keyboard_composed_them",
    ),
    "temp folder never plain": (
        f"{HOSTILE}::test_neither_log_nor_temporary_folder_nor_stick_learns_a_word",
        f"{WHOLE}/test_nothing_outside.py::test_a_window_that_was_locked_and_closed_leaves_nothing_behind",
        f"{WHOLE}/test_nothing_outside.py::test_a_killed_window_leaves_nothing_behind",
    ),
    "log never personal": (
        f"{HOSTILE}::test_neither_log_nor_temporary_folder_nor_stick_learns_a_word",
        f"{UNIT}/house/test_log.py::test_sentences_and_arguments_are_left_out",
    ),
}


@cache
def functions(module: str) -> frozenset[str]:
    """The tests that a module has."""
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_has_its_tests(fault: str) -> None:
    assert FAULTS[fault]
    for named in FAULTS[fault]:
        module, _, test = named.partition("::")
        name, _, sample = test.rstrip("]").partition("[")
        assert name in functions(module), named
        assert not sample or (ROOT / "tests/data/bundles" / f"{sample}.roh").is_file(), named


def test_a_test_that_went_would_be_missed() -> None:
    assert "test_a_test_that_went_would_be_missed" in functions(f"{UNIT}/sync/test_named_faults.py")
    assert "test_that_never_was" not in functions(HOSTILE)
