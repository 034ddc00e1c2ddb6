"""What can stop a run on Google: one class for each thing the operator has to do there.

Sentences name the place (config key, object, tab, path) and the next step. None holds what somebody typed, and none
the name or the address of a person; Google's own error texts can quote either, so they are never passed on whole.
"""

from __future__ import annotations

from sync.errors import AccessRefused, ConfigurationError, Conflict, DocumentStop, SafetyStop, TryLater

_SECTION = "config.yaml, workspace.google"


class SettingMissing(ConfigurationError):
    """A key of ``workspace.google`` is empty that this command needs."""

    def __init__(self, key: str, how: str) -> None:
        super().__init__(f"{_SECTION}.{key}: empty. {how}")


class EmulatorNotLocal(ConfigurationError):
    def __init__(self, value: str) -> None:
        super().__init__(
            f"WORKSPACE_EMULATOR_HOST={value[:60]}: not 127.0.0.1:PORT. Access tokens would leave this machine "
            "unencrypted; name a port of this machine, or unset the variable to use Google."
        )


class CredentialsMissing(ConfigurationError):
    def __init__(self, key: str, path: str, how: str) -> None:
        super().__init__(f"{path} ({_SECTION}.{key}): no file there. {how}")


class CredentialsUnreadable(ConfigurationError):
    def __init__(self, key: str, path: str, why: str, how: str) -> None:
        super().__init__(f"{path} ({_SECTION}.{key}): {why}. {how}")


class CredentialsExposed(ConfigurationError):
    def __init__(self, path: str, mode: int) -> None:
        super().__init__(
            f"{path}: others on this machine can read it (mode {mode:04o}), and it is as good as a password. "
            f"Run `chmod 600 {path}`; if others may have read it already, run `agenda login` again."
        )


class AmbientCredentialsMissing(ConfigurationError):
    def __init__(self) -> None:
        super().__init__(
            f"{_SECTION}.identity: no application-default credentials on this machine. Run `gcloud auth "
            "application-default login`, set GOOGLE_APPLICATION_CREDENTIALS, or run where a service account is "
            "attached."
        )


class CredentialsRevoked(AccessRefused):
    def __init__(self, place: str, next_step: str) -> None:
        super().__init__(place, "Google no longer accepts these credentials (invalid_grant)", next_step)


class ClockWrong(AccessRefused):
    def __init__(self, seconds: int | None) -> None:
        off = "is off" if seconds is None else f"is off by about {abs(seconds)} seconds"
        super().__init__(
            "this machine's clock",
            f"it {off}, so Google refuses to sign the job in (a signature is good for an hour of Google's time)",
            "Switch on time synchronisation (timedatectl set-ntp true; Windows: w32tm /resync), then run again.",
        )


class SignInRefused(AccessRefused):
    """The token endpoint said no for another reason; ``code`` is its own short word."""

    def __init__(self, place: str, code: str) -> None:
        super().__init__(
            place,
            f"Google's sign-in refused it ({code})",
            "Check workspace.google.identity, impersonate and subject; domain-wide delegation and impersonation must "
            "be granted by an administrator for exactly the scopes that docs/google.md lists.",
        )


class NotShared(AccessRefused):
    def __init__(self, place: str, key: str) -> None:
        super().__init__(
            place,
            "Google says the account of the job may not use it",
            f"Share it with that account as an editor (shared drive: as content manager), or mend {key} "
            "in config.yaml.",
        )


class NotThere(AccessRefused):
    def __init__(self, place: str, key: str) -> None:
        super().__init__(
            place,
            "Google finds nothing under its id: it was deleted, or it is not shared with the account of the job",
            f"Restore or share it, or mend {key} in config.yaml; `agenda setup` makes what is missing.",
        )


class ScopeMissing(AccessRefused):
    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            "the sign-in does not cover this service (insufficient scopes)",
            "Run `agenda login` again and tick every box; for delegation add the scopes that docs/google.md lists.",
        )


class ServiceDisabled(AccessRefused):
    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            "the API is switched off in the Google Cloud project of these credentials",
            "Switch on Google Sheets API, Google Drive API and Google Forms API there (APIs & Services, Library), "
            "wait five minutes, then run again.",
        )


class CellsProtected(AccessRefused):
    def __init__(self, book: str) -> None:
        super().__init__(
            book,
            "its owner protected cells or a tab that the job has to write; nothing was written",
            "Remove that protection (Data, Protected sheets and ranges), or add the account of the job to its editors.",
        )


class NoStorage(AccessRefused):
    """A service account pointed at My Drive: it owns no storage, so it can file nothing there."""

    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            "it lies in somebody's My Drive, where a service account can file nothing (it has no storage of its own)",
            "Either move the archive folder to a shared drive and make the service account content manager there, or "
            "let the job act for a person: identity: user with `agenda login`, or subject with domain-wide delegation.",
        )


class FolderRefused(AccessRefused):
    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            "the account of the job may not add files there",
            "Make it content manager of the shared drive, or editor of the folder, then run again.",
        )


class StorageFull(TryLater):
    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place}: Google Drive is full for the account or the shared drive. Free some space there (empty the "
            "bin), then run again; nothing is lost and nothing is half done."
        )


class QuotaExhausted(TryLater):
    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place}: Google's quota for calls is used up and stayed so while the job waited. "
            "Run again in a few minutes; if it happens often, look for other programs that use the same account."
        )


class ZoneDiffers(SafetyStop):
    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(
            f"the spreadsheet's time zone is {found}, config.yaml's zona_waktu is {wanted}: every time in it would be "
            "read wrongly. Set the spreadsheet's zone right (File, Settings) before anything else is entered; "
            "times that the form recorded in the meantime have to be corrected by hand."
        )


class NotAFolder(ConfigurationError):
    def __init__(self) -> None:
        super().__init__(
            f"{_SECTION}.archive_folder_id: that is no folder. Open the archive folder in Drive and copy the last part "
            "of its address."
        )


class BookTrashed(SafetyStop):
    """Google goes on answering for it, until it is deleted for good some weeks later."""

    def __init__(self, book: str) -> None:
        super().__init__(
            f"{book}: it lies in the bin, and Google deletes for good what stays there for 30 days. Restore it (Drive, "
            "Bin, Restore), then run again."
        )


class FolderTrashed(SafetyStop):
    def __init__(self, path: str) -> None:
        super().__init__(
            f"archive folder {path!r}: it, or a folder above it, lies in the bin, and everything filed in it would go "
            "with it. Restore it (Drive, Bin, Restore), then run again."
        )


class FolderGone(DocumentStop):
    def __init__(self, path: str, tab: str) -> None:
        super().__init__(
            f"archive folder {path!r}: deleted for good, or no longer shared with the job. Ask the shared drive's "
            f"manager to restore it; if it cannot be, put back the copy of its documents and delete its row "
            f"(kind folder) in tab {tab!r}: the job then makes a new one."
        )


class DocumentTrashed(DocumentStop):
    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: the document lies in the bin. Restore it (Drive, Bin, Restore), then run again; "
            "the archive is write-once, so it is not filed a second time."
        )


class DocumentRefused(DocumentStop):
    def __init__(self, path: str, tab: str) -> None:
        super().__init__(
            f"{path}: Drive does not take it under the id or name that tab {tab!r} has for it, which are not what the "
            "job wrote there. Undo the edit of that row (or delete the row: a new one is made), then run again."
        )


class UploadDamaged(DocumentStop):
    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: what arrived in Drive is not what was sent (checksums differ). Move the file to the bin and "
            "empty it, delete its row in the archive list, then run again: it is made anew."
        )


class RequestRefused(SafetyStop):
    """Google refused a call for a reason the job does not know; ``what`` holds no free text of Google's."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(
            f"{place}: Google refused the call ({what}); nothing was written by it. Run `agenda doctor`, and report "
            "this line if it finds nothing."
        )


class RequestTooLarge(SafetyStop):
    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place}: Google takes no call of that size (413); nothing was written by it. If many responses arrived "
            "at once with very long texts, shorten these in the tab of responses, then run again."
        )


class BookTooBig(SafetyStop):
    def __init__(self, book: str) -> None:
        super().__init__(
            f"{book}: Google allows no more cells in it (10 million a spreadsheet, empty ones too). Nothing was "
            "written. Delete empty columns and rows of the biggest tabs, then run again."
        )


class FoldersBusy(Conflict):
    def __init__(self, tab: str) -> None:
        super().__init__(
            f"tab {tab!r}: other runs kept committing while a folder was to be recorded. Run again when they are done."
        )
