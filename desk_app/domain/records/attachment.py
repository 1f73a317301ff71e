"""Scans and photos that belong to a client. The file itself lies sealed beside the database, under its own key."""

from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_, Vocabulary

ATTACHMENT_KIND = Vocabulary(
    "attachment_kind",
    {
        "paper": N_("Scan of a paper"),
        "consent": N_("Signed consent"),
        "reply": N_("Reply slip"),
        "photo": N_("Photo"),
        "other": N_("Other"),
    },
    open=True,
)
MEDIA = Vocabulary("media", {"jpeg": N_("Picture"), "pdf": N_("PDF document")})
E = MergeClass.EVENT

ATTACHMENT = Kind(
    15,
    "attachment",
    N_("Attachment"),
    N_("Attachments"),
    own_fields=(
        Field(10, "client", N_("Client"), FieldType.REFERENCE, E, refers_to="client", required=True),
        Field(11, "type", N_("Type"), FieldType.CHOICE, vocabulary=ATTACHMENT_KIND, required=True),
        Field(12, "title", N_("Title"), FieldType.TEXT, required=True),
        Field(13, "dated", N_("Date"), FieldType.PARTIAL_DATE),
        Field(14, "media", N_("Form of the file"), FieldType.CHOICE, E, vocabulary=MEDIA),
        Field(15, "size", N_("Size in bytes"), FieldType.NUMBER, E),
        Field(16, "hash", N_("Check sum"), FieldType.TEXT, E),
        Field(17, "key", N_("Key of the file"), FieldType.TEXT, E, inner=True),
    ),
)
