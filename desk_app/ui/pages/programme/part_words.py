"""What the parts of a letter wording and its placeholders are called."""

from collections.abc import Mapping

from desk_app.domain.vocabulary import N_

SECTIONS: Mapping[str, str] = {
    "letter": N_("The letter"),
    "slip": N_("The reply slip"),
    "fact_labels": N_("Names of the details about the person"),
}

PARTS: Mapping[str, str] = {
    "letter.number": N_("Number of the letter"),
    "letter.date": N_("Date"),
    "letter.addressee": N_("To whom the letter goes"),
    "letter.title": N_("Heading"),
    "letter.subject": N_("Subject"),
    "letter.salutation": N_("Salutation"),
    "letter.opening": N_("First paragraph"),
    "letter.request": N_("What is asked for"),
    "letter.enclosures": N_("Before the enclosures"),
    "letter.enclosure": N_("Each enclosure"),
    "letter.closing": N_("Before the signature"),
    "letter.seal": N_("Place of the seal"),
    "letter.prepared_by": N_("Who prepared the letter"),
    "letter.continuation": N_("Head of a second page"),
    "slip.cut_here": N_("Cutting line"),
    "slip.title": N_("Heading of the slip"),
    "slip.code": N_("Before the code"),
    "slip.return_to": N_("Where the slip comes back to"),
    "slip.accepted": N_("Box for a yes"),
    "slip.declined": N_("Box for a no"),
    "slip.reason": N_("Before the reason for a no"),
    "slip.appointment": N_("Before day and hour of the appointment"),
    "slip.service_given": N_("Box for help that was given"),
    "slip.result": N_("Before the result"),
    "slip.officer": N_("Before the name of who answers"),
    "slip.date": N_("Before the date"),
    "slip.signature": N_("Before the signature of who answers"),
    "fact_labels.name": N_("Full name"),
    "fact_labels.other_spelling": N_("Another spelling of the name"),
    "fact_labels.birth_date": N_("Date of birth"),
    "fact_labels.birth_year": N_("Year of birth"),
    "fact_labels.sex": N_("Sex"),
    "fact_labels.citizenship": N_("Citizenship"),
    "fact_labels.phone": N_("Phone number"),
    "fact_labels.address": N_("Address"),
    "fact_labels.contact_person": N_("Contact person"),
    "fact_labels.safe_contact": N_("Safe way to get in touch"),
    "fact_labels.contact_language": N_("Language of contact"),
    "fact_labels.document": N_("Identity document"),
    "fact_labels.education": N_("Education"),
    "fact_labels.occupation": N_("Occupation"),
    "fact_labels.appointment": N_("Appointment"),
}
"""In the order in which they are written."""

FILLED: Mapping[str, str] = {
    "number": N_("Number of the letter"),
    "date": N_("Date of the letter"),
    "reply_by": N_("Answer expected by"),
    "organisation": N_("Receiving organisation"),
    "head_name": N_("Name of the head"),
    "addressee_address": N_("Address of the organisation"),
    "need": N_("Reason"),
    "service": N_("What we ask for"),
    "desk": N_("Desk, in Tajik"),
    "desk_second": N_("Desk, in the second language"),
    "desk_address": N_("Address of the desk"),
    "desk_phone": N_("Phone number of the desk"),
    "prepared_by": N_("User"),
    "prepared_phone": N_("Phone number of the user"),
}
"""Placeholders that can be put in from a list."""
